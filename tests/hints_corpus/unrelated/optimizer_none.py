import torch

opt = None
w = torch.ones(1, requires_grad=True)
(w * 2).backward()
g = w.grad
opt.step()
