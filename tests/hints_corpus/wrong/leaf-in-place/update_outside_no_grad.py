import torch

X, y = torch.randn(10, 2), torch.randn(10, 1)
w = torch.randn(2, 1, requires_grad=True)
for epoch in range(3):
    loss = ((X @ w - y) ** 2).mean()
    loss.backward()
    w -= 0.1 * w.grad  # <- cause
    w.grad.zero_()
