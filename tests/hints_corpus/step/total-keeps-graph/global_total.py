import torch

total = 0


def step(params, X, y):
    global total
    w, b = params
    loss = ((X @ w + b - y) ** 2 / 2).mean()
    loss.backward()
    total = total + loss
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
