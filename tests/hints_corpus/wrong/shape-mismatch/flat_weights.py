import torch

X = torch.randn(10, 3)
w = torch.randn(10)
y = torch.matmul(X, w)
