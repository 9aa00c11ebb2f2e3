import torch


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        return tuple(p - 0.1 * p.grad for p in params)
