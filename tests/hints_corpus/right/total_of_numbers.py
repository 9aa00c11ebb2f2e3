import torch

history = []


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    history.append(loss.item())
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
