import torch

b = torch.arange(3)
b.requires_grad_()
