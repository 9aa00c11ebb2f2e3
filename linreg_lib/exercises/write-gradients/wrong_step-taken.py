import torch


def gradients(X, y, w, b):
    error = X @ w + b - y
    grad_w, grad_b = X.T @ error, error.sum()
    w -= 0.03 * grad_w
    b -= 0.03 * grad_b
    return grad_w, grad_b
