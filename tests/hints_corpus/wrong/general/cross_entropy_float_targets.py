import torch
from torch import nn

net = nn.Linear(4, 3)
x = torch.randn(5, 4)
y = torch.tensor([0.0, 1.0, 2.0, 1.0, 0.0])
loss = nn.CrossEntropyLoss()(net(x), y)
