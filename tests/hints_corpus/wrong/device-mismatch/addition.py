import torch

w = torch.ones(3, device="meta")
b = torch.ones(3)
y = w + b
