import torch
from torch import nn

model = nn.Linear(2, 1)
loss = model(torch.randn(4, 2)).pow(2).sum()
loss.backward()
for p in model.parameters():
    p.sub_(0.1 * p.grad)  # <- cause
