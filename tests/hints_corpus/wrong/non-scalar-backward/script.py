import torch

X = torch.randn(5, 2)
w = torch.zeros(2, 1, requires_grad=True)
l = (X @ w) ** 2 / 2
l.backward()
