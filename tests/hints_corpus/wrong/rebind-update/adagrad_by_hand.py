import torch

X, y = torch.randn(20, 2), torch.randn(20, 1)
w = torch.zeros(2, 1, requires_grad=True)
cache = torch.zeros(2, 1)
for t in range(3):
    loss = ((X @ w - y) ** 2).mean()
    loss.backward()
    cache = cache + w.grad**2
    w = w - 0.1 * w.grad / (cache.sqrt() + 1e-8)  # <- cause
    w.grad.zero_()
