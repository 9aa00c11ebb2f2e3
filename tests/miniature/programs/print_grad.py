import torch
x = torch.ones(2, 2, requires_grad=True)
print(x)
y = x + 2
print(y)
z = y * y * 3
out = z.mean()
print(z, out)
print(y.grad_fn)
print(x.is_leaf, y.is_leaf, y.requires_grad)
out.backward()
print(x.grad)
