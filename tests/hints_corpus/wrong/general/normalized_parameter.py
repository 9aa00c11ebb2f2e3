import torch

w = torch.randn(3, requires_grad=True)
w = w / w.norm()
(w.sum() ** 2).backward()
w.data -= 0.1 * w.grad
