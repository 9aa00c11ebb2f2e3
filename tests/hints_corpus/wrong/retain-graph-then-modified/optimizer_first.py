import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
X, y = torch.randn(5, 2), torch.randn(5, 1)
loss = ((net(X) - y) ** 2).mean()
loss.backward(retain_graph=True)
opt.step()
loss.backward()
