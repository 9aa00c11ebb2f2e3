import torch

w = torch.ones(2, requires_grad=True)
(w**2).sum().backward()
w.grads.zero_()
