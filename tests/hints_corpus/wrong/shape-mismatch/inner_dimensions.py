import torch


def linreg(X, w, b):
    return torch.matmul(X, w) + b  # <- cause


X = torch.randn(100, 2)
w = torch.randn(1, 2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
linreg(X, w, b)
