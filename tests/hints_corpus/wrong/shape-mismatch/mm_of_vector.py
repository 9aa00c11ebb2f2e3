import torch

X = torch.randn(10, 3)
w = torch.randn(3, requires_grad=True)
y_hat = torch.mm(X, w)  # <- cause
