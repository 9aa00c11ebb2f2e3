import torch
from torch import nn

torch.manual_seed(0)
params = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))


def step(net, X, y):
    loss = ((net(X) - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in net.parameters():
            p -= 0.01 * p.grad
            p.grad.zero_()
