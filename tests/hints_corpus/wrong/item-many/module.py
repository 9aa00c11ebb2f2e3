import torch
from torch import nn

net = nn.Linear(2, 1)
print(net.weight.item())
