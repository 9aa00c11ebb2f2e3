import torch


def step(params, X, y):
    w, b = params
    loss = torch.nn.functional.mse_loss(X @ w + b, y.view(-1, 1))
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
