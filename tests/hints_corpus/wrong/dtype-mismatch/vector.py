import torch

X = torch.randn(4, 2, dtype=torch.float64)
w = torch.ones(2)
y = torch.matmul(X, w)
