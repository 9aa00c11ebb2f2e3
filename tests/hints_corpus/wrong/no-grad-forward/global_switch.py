import torch

torch.set_grad_enabled(False)
w = torch.zeros(2, requires_grad=True)
x = torch.randn(3, 2)
loss = (x @ w - 1).pow(2).sum()
loss.backward()
