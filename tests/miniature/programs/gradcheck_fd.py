import torch
def f(x):
    return (x ** 3).sum()
x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
f(x).backward()
eps = 1e-6
num = torch.zeros_like(x)
for i in range(2):
    e = torch.zeros(2, dtype=torch.float64)
    e[i] = eps
    num[i] = (f(x + e) - f(x - e)) / (2 * eps)
print(x.grad, num)
print(torch.autograd.gradcheck(f, (x,)))
