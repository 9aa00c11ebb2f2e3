import torch


def gradients(X, y, w, b):
    grad_w, grad_b = torch.zeros_like(w), torch.zeros_like(b)
    for x, label in zip(X, y):
        error = (x * w.flatten()).sum() + b - label
        for j in range(len(x)):
            grad_w[j] += error * x[j]
        grad_b += error
    return grad_w, grad_b
