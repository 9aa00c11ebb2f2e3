import torch
from torch import nn

net = nn.Linear(2, 1)
x, y = torch.randn(5, 2), torch.randn(5, 1)
pred = torch.sigmoid(net(x))  # <- cause
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(10):
    loss = ((pred - y) ** 2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
