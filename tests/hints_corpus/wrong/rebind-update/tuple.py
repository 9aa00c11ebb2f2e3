import torch

a, b = torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True)
for i in range(3):
    loss = (a * 2 + b - 5) ** 2
    loss.backward()
    a, b = a - 0.1 * a.grad, b - 0.1 * b.grad
