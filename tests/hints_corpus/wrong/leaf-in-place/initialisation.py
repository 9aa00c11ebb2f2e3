import torch

w = torch.empty(3, 2, requires_grad=True)
w.normal_(0, 0.1)  # <- cause
