import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for p in net.parameters():
    p.grad = torch.zeros_like(p)
for epoch in range(2):
    loss = net(torch.randn(4, 2)).pow(2).mean()
    opt.step()  # <- cause
    loss.backward()
    opt.zero_grad(set_to_none=False)
