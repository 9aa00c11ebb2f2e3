import torch

theta = torch.randint(0, 10, (2,))
theta.requires_grad = True  # <- cause
