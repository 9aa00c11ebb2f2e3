import torch

w = torch.randn(3, requires_grad=True)
w.clamp_(min=0)
