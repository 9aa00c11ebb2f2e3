import torch
import torch.nn.functional as F

w = torch.randn(3, requires_grad=True)
h = torch.sigmoid(w)
z = F.relu(h, inplace=True)
(h * 2).sum().backward()
