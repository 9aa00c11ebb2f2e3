import torch

w = torch.randn(3, requires_grad=True)
h = torch.exp(w)
a = (h * 2).sum()
b = (h**2).sum()
a.backward(retain_graph=True)
h.mul_(0.5)  # <- cause
b.backward()
