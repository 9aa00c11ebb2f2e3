import torch

true_w = torch.tensor([2, -3], requires_grad=True)
