import torch
from torch import nn

net = nn.Linear(2, 1)
x = torch.randn(3, 2)
y = torch.tensor([1, 0, 1])
loss = nn.functional.binary_cross_entropy(torch.sigmoid(net(x)).squeeze(1), y)  # <- cause
