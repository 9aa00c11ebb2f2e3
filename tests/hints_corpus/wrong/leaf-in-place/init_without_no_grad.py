import torch

w = torch.zeros(3, 2, requires_grad=True)
torch.relu_(w)  # <- cause
