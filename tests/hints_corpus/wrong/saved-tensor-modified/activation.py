import torch

x = torch.randn(4)
w = torch.ones(4, requires_grad=True)
h = torch.sigmoid(w * x)
h += 1
h.sum().backward()
