import torch

w1 = torch.randn(4, 3).requires_grad_() * (2 / 4) ** 0.5  # <- cause
b1 = torch.zeros(3).requires_grad_()
opt = torch.optim.SGD([w1, b1], lr=0.1)
