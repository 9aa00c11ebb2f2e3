import torch
from torch import nn

clf = nn.Linear(2, 1)
X = torch.randn(20, 2)
t = (X.sum(1, keepdim=True) > 0).float()


def loss_fn(logits, t):
    pred = (torch.sigmoid(logits) > 0.5).float()  # <- cause
    return (pred != t).float().mean()  # <- cause


loss = loss_fn(clf(X), t)
loss.backward()
