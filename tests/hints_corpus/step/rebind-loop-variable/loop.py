import torch


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in params:
            p = p - 0.1 * p.grad
    w.grad.zero_()
    b.grad.zero_()
