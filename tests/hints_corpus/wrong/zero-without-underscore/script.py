import torch

w = torch.ones(1, requires_grad=True)
(2 * w).sum().backward()
with torch.no_grad():
    w -= 0.1 * w.grad
    w.grad.zero()  # <- cause
