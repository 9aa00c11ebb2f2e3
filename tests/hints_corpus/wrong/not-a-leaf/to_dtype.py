import torch

w = torch.zeros(2, requires_grad=True).to(torch.float64)
loss = (w - 1).pow(2).sum()
loss.backward()
w.grad.zero_()
