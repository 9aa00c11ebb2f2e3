import torch


def step(params, X, y):
    w, b = params
    loss = (X @ w + b - y).abs().mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.01 * p.grad
            p.grad.zero_()
