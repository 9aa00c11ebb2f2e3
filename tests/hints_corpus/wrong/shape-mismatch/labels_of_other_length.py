import torch

y_hat = torch.randn(10, 1, requires_grad=True)
y = torch.randn(8, 1)
loss = ((y_hat - y) ** 2).mean()  # <- cause
