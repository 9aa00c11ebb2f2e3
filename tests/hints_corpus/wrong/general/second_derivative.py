import torch

x = torch.linspace(0, 1, 10, requires_grad=True)
u = torch.sin(x)
(du,) = torch.autograd.grad(u.sum(), x)  # <- cause
(d2u,) = torch.autograd.grad(du.sum(), x)
