import torch

X, y = torch.randn(20, 2), torch.randn(20, 1)
w = torch.zeros(2, 1, requires_grad=True)
for epoch in range(3):
    loss = ((X @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w = w - 0.1 * w.grad
