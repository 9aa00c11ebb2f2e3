import torch


def step(params, X, y):
    w, b = params
    loss = (X @ w + b - y).square().mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p.sub_(p.grad, alpha=0.02)
    for p in params:
        p.grad = None
    return loss.detach()
