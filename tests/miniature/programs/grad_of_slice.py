import torch
x = torch.arange(6., requires_grad=True)
y = x[2:5]
print(y)
y.sum().backward()
print(x.grad)
x.grad.zero_()
x[::2].mul(3).sum().backward()
print(x.grad)
z = x.view(2, 3)[:, 1]
print(z, z._base is x)
z.prod().backward()
print(x.grad)
