import torch


def gradients(X, y, w, b):
    error = X @ w + b - y
    return X.T @ error**2, (error**2).sum()
