import torch

w = torch.ones(3, requires_grad=True)
(w**2).sum().backward()
w.sub_(0.1 * w.grad)
