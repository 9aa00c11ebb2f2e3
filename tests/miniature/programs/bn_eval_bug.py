import torch
from torch import nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.ReLU(), nn.Linear(3, 1))
x = torch.randn(6, 2)
a = net(x)
net.eval()
b = net(x)
print((a - b).abs().max() > 0, net[1].running_mean, net.training)
print(net(x[:1]))
loss = net(x).mean(); loss.backward()
print(net[1].weight.grad, net[1].bias.grad)
