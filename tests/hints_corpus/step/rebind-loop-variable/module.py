import torch
from torch import nn

params = nn.Linear(2, 1)


def step(net, X, y):
    nn.functional.mse_loss(net(X), y).backward()
    with torch.no_grad():
        for p in net.parameters():
            p = p - 0.1 * p.grad
    net.zero_grad()
