import torch

w = torch.randn(4, requires_grad=True)
mask = torch.tensor([True, False, True, False])
w[mask] = 0.0  # <- cause
