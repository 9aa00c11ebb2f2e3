import torch
x = torch.arange(12)
print(x.view(3, 4), x.view(-1, 6).shape, x.reshape(2, 2, 3))
y = x.view(3, 4).t()
print(y.is_contiguous())
try:
    y.view(12)
except RuntimeError as e:
    print(e)
print(y.reshape(12), y.contiguous().view(12))
x.view(5, 3)
