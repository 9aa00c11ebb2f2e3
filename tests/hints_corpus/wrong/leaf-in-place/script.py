import torch

x = torch.arange(4.0)
w = torch.ones(1, requires_grad=True)
((w * x) ** 2).sum().backward()
w -= 0.1 * w.grad
