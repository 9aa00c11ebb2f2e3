import torch


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
    return loss
