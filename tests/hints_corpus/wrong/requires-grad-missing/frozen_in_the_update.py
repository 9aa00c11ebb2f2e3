import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
for p in net[0].parameters():
    p.requires_grad = False
loss = net(torch.randn(3, 2)).sum()
loss.backward()
for p in net.parameters():
    p.data -= 0.1 * p.grad
