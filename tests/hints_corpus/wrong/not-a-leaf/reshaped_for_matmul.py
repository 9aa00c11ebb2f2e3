import torch

w = torch.tensor([0.1, 0.2], requires_grad=True).view(2, 1)  # <- cause
x = torch.randn(7, 2)
(x @ w).sum().backward()
w.grad.zero_()
