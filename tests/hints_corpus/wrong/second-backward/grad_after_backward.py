import torch

w = torch.ones(1, requires_grad=True)
loss = (w * w).sum()
loss.backward()
(g,) = torch.autograd.grad(loss, w)
