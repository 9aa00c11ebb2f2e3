import torch

X = torch.randn(10, 3)
w = torch.randn(1, 3)
y = X @ w
