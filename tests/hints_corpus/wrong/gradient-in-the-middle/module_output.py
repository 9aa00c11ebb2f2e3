import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 3), nn.Tanh())
hidden = net(torch.ones(4, 2))
loss = hidden.pow(2).sum()
loss.backward()
size = hidden.grad.norm()
