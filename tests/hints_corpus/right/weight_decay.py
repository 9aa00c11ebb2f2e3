import torch


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean() + 0.01 * (w**2).sum()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
