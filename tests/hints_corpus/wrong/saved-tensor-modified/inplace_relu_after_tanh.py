import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.ReLU(inplace=True), nn.Linear(4, 1))
x = torch.randn(5, 3)
loss = net(x).pow(2).mean()
loss.backward()
