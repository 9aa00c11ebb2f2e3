import torch

x = torch.randn(5)
target = torch.randn(5)
for i in range(3):
    loss = (x - target).pow(2).sum()
    if loss.requires_grad:
        loss.backward()
    x = x - 0.1 * x.grad
