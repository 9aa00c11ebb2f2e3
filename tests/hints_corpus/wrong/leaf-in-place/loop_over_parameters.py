import torch
from torch import nn

net = nn.Linear(2, 1)
net(torch.randn(4, 2)).pow(2).mean().backward()
for p in net.parameters():
    p -= 0.1 * p.grad
