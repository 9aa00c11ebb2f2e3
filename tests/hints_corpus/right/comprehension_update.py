import torch


def step(params, X, y):
    w, b = params
    loss = (X @ w + b - y).pow(2).sum() / len(X)
    loss.backward()
    with torch.no_grad():
        [p.add_(p.grad, alpha=-0.1) for p in params]
        [p.grad.zero_() for p in params]
