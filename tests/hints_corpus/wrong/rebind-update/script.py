import torch

X, y = torch.randn(20, 2), torch.randn(20, 1)
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    w = w - 0.1 * w.grad
    b = b - 0.1 * b.grad
