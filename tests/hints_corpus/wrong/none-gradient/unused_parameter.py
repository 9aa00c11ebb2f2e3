import torch

x = torch.arange(3.0)
w = torch.ones(1, requires_grad=True)
b = torch.ones(1, requires_grad=True)
loss = (w * x - 1).pow(2).sum()
loss.backward()
for param in (w, b):
    param.data -= 0.1 * param.grad
