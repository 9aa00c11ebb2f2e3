import torch
from torch import nn

layer = nn.Linear(2, 1, bias=False)
(layer(torch.ones(1, 2)).sum()).backward()
print(layer.weight.grad + layer.bias)
