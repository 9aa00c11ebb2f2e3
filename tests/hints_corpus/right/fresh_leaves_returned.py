import torch


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    return [(p - 0.1 * p.grad).detach().requires_grad_() for p in params]
