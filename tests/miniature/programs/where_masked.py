import torch
x = torch.randn(3, 3)
print(torch.where(x > 0, x, torch.zeros_like(x)))
print(torch.where(x > 0, 1, 0))
print(x.masked_fill(x < 0, 0))
print(x[x > 0])
print((x > 0).nonzero())
x[x < 0] = 0.
print(x)
