import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
x = torch.randn(3, 2)
hidden = net[0](x)  # <- cause
out = net[2](net[1](hidden))
out.sum().backward()
print("hidden gradient norm:", hidden.grad.norm())
