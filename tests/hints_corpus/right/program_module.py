import torch
from torch import nn

torch.manual_seed(1)
X = torch.randn(64, 2)
y = X @ torch.tensor([[2.0], [-3.4]]) + 4.2
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(200):
    opt.zero_grad()
    nn.functional.mse_loss(net(X), y).backward()
    opt.step()
assert nn.functional.mse_loss(net(X), y) < 1e-3
