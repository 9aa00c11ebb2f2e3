import torch

w = torch.zeros(2, requires_grad=True)
x = torch.randn(4, 2)
pred = x @ w.data  # <- cause
loss = (pred - 1).pow(2).mean()
loss.backward()
