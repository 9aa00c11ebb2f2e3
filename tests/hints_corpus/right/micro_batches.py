import torch


def step(params, X, y):
    w, b = params
    for part, labels in zip(X.split(2), y.split(2)):
        (((part @ w + b - labels) ** 2).sum() / len(X)).backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
