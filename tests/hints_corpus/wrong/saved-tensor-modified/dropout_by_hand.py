import torch
from torch import nn

lin1, lin2 = nn.Linear(3, 4), nn.Linear(4, 1)
x = torch.randn(5, 3)
h = torch.sigmoid(lin1(x))
h *= (torch.rand_like(h) > 0.5).float()  # <- cause
lin2(h).sum().backward()
