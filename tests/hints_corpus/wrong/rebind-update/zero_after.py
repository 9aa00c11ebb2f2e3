import torch

x = torch.arange(5.0)
w = torch.tensor(1.0, requires_grad=True)
loss = ((w * x - 3 * x) ** 2).sum()
loss.backward()
w = w - 0.001 * w.grad
w.grad.zero_()
