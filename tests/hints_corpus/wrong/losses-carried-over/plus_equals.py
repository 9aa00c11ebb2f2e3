import torch

x = torch.arange(1.0, 4.0)
w = torch.ones(1, requires_grad=True)
total = 0.0
for x_i in x:
    total += (w * x_i - 2) ** 2
    total.backward()
