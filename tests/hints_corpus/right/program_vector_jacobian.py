import torch

w = torch.ones(3, requires_grad=True)
l = w**2
l.backward(gradient=torch.ones_like(l))
assert w.grad.tolist() == [2.0, 2.0, 2.0]
