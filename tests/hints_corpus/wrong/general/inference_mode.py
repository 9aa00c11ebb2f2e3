import torch

with torch.inference_mode():
    X = torch.randn(4, 2) * 2
w = torch.zeros(2, requires_grad=True)
loss = (X @ w).pow(2).sum()
loss.backward()
