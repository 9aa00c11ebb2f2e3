import torch
from torch import nn

net = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
opt = torch.optim.Adam(net.parameters())
x = torch.linspace(-1, 1, 10).unsqueeze(1)
pred = net(x)  # <- shared
loss1 = (pred - x).pow(2).mean()
opt.zero_grad()
loss1.backward()  # <- first
opt.step()
loss2 = (pred - x**2).pow(2).mean()
opt.zero_grad()
loss2.backward()
