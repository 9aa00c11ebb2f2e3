import torch

theta = torch.zeros(2, 3, requires_grad=True)
flat = theta.view(-1)  # <- view
flat += 0.1  # <- cause
