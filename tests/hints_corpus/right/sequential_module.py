import torch
from torch import nn

torch.manual_seed(0)
params = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))


def step(net, X, y):
    net.zero_grad()
    nn.functional.mse_loss(net(X), y).backward()
    with torch.no_grad():
        for p in net.parameters():
            p -= 0.01 * p.grad
    net.zero_grad()
