import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = (w**3).sum()
(g,) = torch.autograd.grad(loss, w)  # <- first
loss.backward()
