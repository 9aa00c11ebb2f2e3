import torch

w = torch.randn(2, 1, requires_grad=True) * 0.01
loss = (torch.ones(4, 2) @ w).pow(2).sum()
loss.backward()
with torch.no_grad():
    w -= 0.1 * w.grad
