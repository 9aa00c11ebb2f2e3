import torch
from torch import nn
torch.manual_seed(0)
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(8, 2), torch.randn(8, 1)
opt.zero_grad()
for i, (xb, yb) in enumerate(zip(x.split(2), y.split(2))):
    loss = nn.functional.mse_loss(net(xb), yb) / 2
    loss.backward()
    if (i + 1) % 2 == 0:
        opt.step()
        opt.zero_grad()
        print(i, net.weight.data, net.bias.grad)
