import torch

X, y = torch.randn(20, 2), torch.randn(20, 1)
w, b = torch.zeros(2, 1), torch.zeros(1)
loss = ((X @ w + b - y) ** 2).mean()
loss.backward()
