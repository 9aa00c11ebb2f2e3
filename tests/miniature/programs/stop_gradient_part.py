import torch
x = torch.tensor(2.0, requires_grad=True)
y = x * x.detach()
y.backward()
print(x.grad)
with torch.no_grad():
    z = x * 3
print(z.requires_grad, z.grad_fn)
(z + x).backward()
print(x.grad)
