import torch

w = torch.tensor([2, -3])
w -= 0.1 * torch.ones(2)
