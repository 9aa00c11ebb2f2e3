import torch


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2 / 2).sum().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad / 10
            p.grad.zero_()
