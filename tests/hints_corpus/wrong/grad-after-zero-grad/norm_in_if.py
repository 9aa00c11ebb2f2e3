import torch
from torch import nn

net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for i in range(4):
    net(torch.randn(3, 2)).pow(2).mean().backward()
    opt.step()
    opt.zero_grad()  # <- cause
    if i % 2 == 0:
        print(i, net.weight.grad.norm())
