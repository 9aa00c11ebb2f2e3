import torch

params = [
    torch.zeros(2, 1, dtype=torch.float64, requires_grad=True),
    torch.zeros(1, dtype=torch.float64, requires_grad=True),
]


def step(params, X, y):
    w, b = params
    loss = ((X.double() @ w + b - y.double()) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
