import torch
from torch import nn

net = nn.Linear(3, 1)
x, y = torch.randn(4, 3), torch.randn(4, 1)
for epoch in range(2):
    loss = ((net(x) - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        net.weight = net.weight - 0.1 * net.weight.grad  # <- cause
        net.bias = net.bias - 0.1 * net.bias.grad
    net.zero_grad()
