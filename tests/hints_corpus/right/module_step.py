import torch
from torch import nn

params = nn.Linear(2, 1)


def step(net, X, y):
    loss = nn.functional.mse_loss(net(X), y)
    net.zero_grad()
    loss.backward()
    with torch.no_grad():
        for p in net.parameters():
            p -= 0.05 * p.grad
    return loss.item()
