import torch


def step(params, X, y):
    w, b = params
    y_hat = (X @ w + b).squeeze(1)
    loss = ((y_hat - y.reshape(-1)) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
