import torch


def step(params, X, y):
    w, b = params
    errors = X @ w + b - y
    loss = (torch.logaddexp(errors, -errors) - torch.log(torch.tensor(2.0))).mean()
    loss.backward()
    for p in params:
        with torch.no_grad():
            p -= 0.1 * p.grad
        p.grad.zero_()
