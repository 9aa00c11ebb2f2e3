import torch
from torch import nn

net = nn.Linear(1, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.01)
epoch_loss = 0
for X in torch.randn(3, 4, 1):
    opt.zero_grad()
    loss = nn.functional.mse_loss(net(X), 2 * X)
    epoch_loss = epoch_loss + loss
    epoch_loss.backward()
