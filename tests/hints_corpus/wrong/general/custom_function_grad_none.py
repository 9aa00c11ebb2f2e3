import torch

w = torch.ones(2, requires_grad=True)
exec("u = w * 2", globals())
u.sum().backward()
u.grad.zero_()
