import torch


def step(params, X, y):
    w, b = params
    loss = torch.mean((X @ w + b - y) ** 2) / 2
    gradients = torch.autograd.grad(loss, params)
    with torch.no_grad():
        for p, g in zip(params, gradients):
            p.add_(g, alpha=-0.2)
    return loss.item()
