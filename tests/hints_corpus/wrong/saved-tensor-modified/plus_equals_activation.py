import torch
from torch import nn

fc1, fc2 = nn.Linear(2, 4), nn.Linear(4, 4)
x = torch.randn(3, 2)
h = torch.tanh(fc1(x))
skip = fc2(h)
h += skip  # <- cause
loss = h.pow(2).mean()
loss.backward()
