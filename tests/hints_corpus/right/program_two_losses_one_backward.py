import torch

w = torch.ones(2, requires_grad=True)
h = w.exp()
(h.sum() + (h**2).sum()).backward()
assert w.grad is not None
