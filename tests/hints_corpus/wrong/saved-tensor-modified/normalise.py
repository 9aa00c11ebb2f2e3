import torch

x = torch.randn(3, requires_grad=True)
y = torch.sqrt(x**2 + 1)
y /= y.sum().item()
y.sum().backward()
