import torch

x = torch.arange(1.0, 4.0).reshape(3, 1)
w = torch.ones(1, requires_grad=True)
joined = torch.zeros(0)
for x_i in x:
    joined = torch.cat([joined, (w * x_i - 2) ** 2])
    joined.sum().backward()
