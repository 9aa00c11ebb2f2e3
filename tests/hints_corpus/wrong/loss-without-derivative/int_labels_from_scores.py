import torch
from torch import nn

net = nn.Linear(3, 1)
x, y = torch.randn(6, 3), torch.tensor([0, 1, 0, 1, 1, 0])
score = net(x).squeeze()
label = (score > 0).int()  # <- cause
loss = ((label - y) ** 2).float().mean()
loss.backward()
