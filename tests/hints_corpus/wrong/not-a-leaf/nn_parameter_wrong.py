import torch

w = torch.nn.Parameter(torch.zeros(2)) + 1
(w**2).sum().backward()
w.grad.zero_()
