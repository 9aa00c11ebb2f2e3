import torch
from torch import nn

model = nn.Linear(2, 1, device="meta")
x = torch.randn(3, 2)
out = model(x)  # <- cause
