import torch


def step(params, X, y):
    w, b = params
    errors = X @ w + b - y
    errors.square().mean().backward()
    with torch.no_grad():
        for p in params:
            p.copy_(p - 0.1 * p.grad)
            p.grad.zero_()
