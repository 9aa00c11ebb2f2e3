import torch


def gradients(X, y, w, b):
    error = X @ w + b - y
    return error.sum() * torch.ones_like(w), error.sum()
