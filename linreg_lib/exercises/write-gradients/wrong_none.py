import torch


def gradients(X, y, w, b):
    loss = ((X @ w + b - y) ** 2).sum() / 2
    return w.grad, b.grad
