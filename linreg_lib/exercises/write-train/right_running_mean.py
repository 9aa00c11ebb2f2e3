import torch
from linreg_lib import data_iter, init_params, linreg, sgd, squared_loss


def train(features, labels):
    w = torch.normal(0, 0.01, (features.shape[1], 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    losses = []
    for epoch in range(4):
        total, seen = 0.0, 0
        for X, y in data_iter(20, features, labels):
            loss = ((X @ w + b - y) ** 2 / 2).mean()
            loss.backward()
            with torch.no_grad():
                for p in (w, b):
                    p -= 0.1 * p.grad
                    p.grad = None
            total += loss.item() * len(X)
            seen += len(X)
        losses.append(total / seen)
    return w.detach(), b.detach(), losses
