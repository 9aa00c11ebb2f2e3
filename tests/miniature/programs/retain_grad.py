import torch
a = torch.tensor([2.0, 3.0], requires_grad=True)
b = a * a
b.retain_grad()
c = b.sum()
c.backward()
print(a.grad, b.grad)
print(c.grad)
