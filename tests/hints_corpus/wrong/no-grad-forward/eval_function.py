import torch
from torch import nn

net = nn.Linear(1, 1)


def evaluate(net, X, y):
    with torch.no_grad():
        return nn.functional.mse_loss(net(X), y)


l = evaluate(net, torch.ones(2, 1), torch.ones(2, 1))
l.backward()
