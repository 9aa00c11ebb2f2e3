import torch

x = torch.arange(1.0, 4.0)
w = torch.zeros(1, requires_grad=True)
for k in range(2):
    cost = (x * w - 5 * x).pow(2).sum()
    cost.backward()
    g = w.grad
    w = w - 0.01 * g
