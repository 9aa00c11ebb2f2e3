import torch

X = torch.randn(50, 3)
w = torch.randn(3, requires_grad=True)
y = w @ X  # <- cause
