import torch
x = torch.tensor([1., 2.])
y = x * 2
x.requires_grad = True
try:
    y.sum().backward()
except RuntimeError as e:
    print(e)
(x * 2).sum().backward()
print(x.grad)
y2 = x * 2
y2.requires_grad = False
