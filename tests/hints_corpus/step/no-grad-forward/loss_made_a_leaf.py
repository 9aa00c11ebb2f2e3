import torch


def step(params, X, y):
    w, b = params
    with torch.no_grad():
        loss = ((X @ w + b - y) ** 2).mean()
    loss.requires_grad_()
    loss.backward()
    for p in params:
        if p.grad is not None:
            p.data -= 0.1 * p.grad
