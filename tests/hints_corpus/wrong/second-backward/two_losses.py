import torch

w = torch.ones(2, requires_grad=True)
h = w.exp()
first = h.sum()
second = (h**2).sum()
first.backward()
second.backward()
