import torch
from torch import optim

w = torch.rand(5, 1, requires_grad=True) * 0.02 - 0.01  # <- cause
b = torch.zeros(1, requires_grad=True)
opt = optim.Adam([w, b], lr=1e-3)
