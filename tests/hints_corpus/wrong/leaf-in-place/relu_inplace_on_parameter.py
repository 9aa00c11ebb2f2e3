import torch
import torch.nn.functional as F

w = torch.randn(3, requires_grad=True)
F.relu(w, inplace=True)  # <- cause
