import torch


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2 / 2).mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.01 * p.grad
