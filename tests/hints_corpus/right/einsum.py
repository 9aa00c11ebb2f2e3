import torch


def step(params, X, y):
    w, b = params
    y_hat = torch.einsum("nd,dk->nk", X, w) + b
    loss = (y_hat - y).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
