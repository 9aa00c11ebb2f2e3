import torch

X = torch.randn(4, 2)
w = torch.tensor([2, -3])
print(X @ w.reshape(2, 1))
