import torch


def step(params, X, y):
    w, b = params
    fit = ((X @ w + b - y) ** 2).mean()
    loss = fit + 0.01 * w.abs().sum()
    loss.backward()
    with torch.no_grad():
        for p in (w, b):
            p -= 0.1 * p.grad
            p.grad.zero_()
