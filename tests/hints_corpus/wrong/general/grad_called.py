import torch

w = torch.ones(1, requires_grad=True)
(w * 2).backward()
w.grad()
