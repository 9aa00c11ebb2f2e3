import torch
from torch import nn

body, head = nn.Linear(2, 3), nn.Linear(3, 1)


def features(x):
    with torch.no_grad():
        return body(x)


for p in head.parameters():
    p.requires_grad = False
loss = head(features(torch.randn(4, 2))).sum()
loss.backward()
