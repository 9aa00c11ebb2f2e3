import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
total_loss = torch.tensor(0.0)
for i in range(3):
    x = torch.randn(4, 2)
    total_loss += (net(x) - 1).pow(2).mean()  # <- cause
    opt.zero_grad()
    total_loss.backward()
    opt.step()
