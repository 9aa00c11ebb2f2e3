import torch


def step(params, X, y):
    w, b = params
    weights = 1 / (1 + X.square().sum(dim=1, keepdim=True))
    loss = (weights * (X @ w + b - y) ** 2).sum() / weights.sum()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
