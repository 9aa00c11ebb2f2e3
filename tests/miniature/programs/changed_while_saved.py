import torch
x = torch.tensor([1.0], requires_grad=True)
with torch.no_grad():
    y = x * 2
    x.add_(1)
    z = x
print(y.requires_grad, z.requires_grad, x, x._version, z is x)
y2 = x * 3
x.data.add_(1); print(x, y2); y2.backward(); print(x.grad)
try:
    y3 = x ** 2
    with torch.no_grad(): x.mul_(2)
    y3.backward()
except RuntimeError as e: print(e)
y4 = x ** 2; x.data.mul_(2); x.grad = None; y4.backward(); print("silent", x.grad, x)
