import torch

bias = torch.empty(1, requires_grad=True)
bias.zero_()
