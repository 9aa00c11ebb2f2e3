import torch

x = torch.arange(5.0)
a = torch.tensor(1.0, requires_grad=True)
loss = ((a * x - 3 * x) ** 2).sum()
loss.backward()
with torch.no_grad():
    a = a - 0.001 * a.grad
    a.grad.zero_()
