import torch
from torch import nn

net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(100, 10))
net(torch.randn(2, 1, 8, 8))  # <- cause
