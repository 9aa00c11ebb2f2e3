import torch

w = torch.ones(2, requires_grad=True)
loss = (w * 3).sum()
if (g := w.grad) is not None or True:
    norm = w.grad.norm()
