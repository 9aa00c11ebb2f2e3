import torch
from torch import nn

teacher, student = nn.Linear(2, 1), nn.Linear(2, 1)
x = torch.randn(4, 2)
loss = (teacher(x) - 1).pow(2).mean()
loss.backward()
print(student.weight.grad.abs().sum())
