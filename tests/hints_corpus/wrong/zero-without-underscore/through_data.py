import torch

w = torch.ones(1, requires_grad=True)
b = torch.ones(1, requires_grad=True)
(w * 2 + b).backward()
for p in (w, b):
    p.grad.data.zero()
