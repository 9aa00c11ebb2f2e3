import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())
x = torch.randn(4, 2)
y = torch.tensor([[0], [1], [1], [0]])
loss = nn.BCELoss()(net(x), y)  # <- cause
loss.backward()
