import torch


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    torch.nn.utils.clip_grad_norm_(params, 5.0)
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
