import torch


def step(params, X, y):
    w, b = params
    y_hat = (X @ w + b).squeeze()
    loss = (y - y_hat).abs().mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
