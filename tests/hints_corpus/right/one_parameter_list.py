import torch

params = [torch.zeros(3, 1, requires_grad=True)]


def step(params, X, y):
    (w,) = params
    ones = torch.ones(len(X), 1)
    loss = ((torch.cat([X, ones], dim=1) @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
