import torch
from torch import nn

lin = nn.Linear(3, 1)
x = torch.rand(5, 3)
out = lin(x)
x /= x.max()  # <- cause
out.mean().backward()
