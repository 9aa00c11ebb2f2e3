import torch

w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
X, y = torch.randn(9, 2), torch.randn(9, 1)
for step in range(3):
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
    b = b - 0.1 * b.grad  # <- cause
    b.grad.zero_()
