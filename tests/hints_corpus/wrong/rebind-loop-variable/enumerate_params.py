import torch
from torch import nn

model = nn.Linear(2, 1)
model(torch.randn(4, 2)).pow(2).mean().backward()
lr = 0.01
for i, param in enumerate(model.parameters()):
    param = param - lr * param.grad  # <- cause
    param.grad.zero_()
