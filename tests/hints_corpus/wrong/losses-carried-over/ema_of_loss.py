import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.01)
ema = None
for step in range(4):
    x = torch.randn(8, 2)
    loss = net(x).pow(2).mean()
    ema = loss if ema is None else 0.9 * ema + 0.1 * loss  # <- cause
    opt.zero_grad()
    ema.backward()
    opt.step()
