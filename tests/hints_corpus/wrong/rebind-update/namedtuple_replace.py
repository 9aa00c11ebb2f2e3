from collections import namedtuple

import torch

Net = namedtuple("Net", "w b")
net = Net(torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True))
X, y = torch.randn(5, 2), torch.randn(5)
for epoch in range(2):
    loss = ((X @ net.w + net.b - y) ** 2).mean()
    loss.backward()
    net = Net(net.w - 0.1 * net.w.grad, net.b - 0.1 * net.b.grad)  # <- cause
