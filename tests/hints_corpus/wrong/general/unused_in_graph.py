import torch

w = torch.ones(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
loss = (3 * w - 1).pow(2).sum()
gw, gb = torch.autograd.grad(loss, [w, b])
