import torch

X = torch.randn(10, 3)
y = torch.randn(10, 1)
w = torch.randn(3, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
loss = ((X @ w + b - y) ** 2).mean()
loss.backward()
lr = 0.1
with torch.no_grad():
    for p in (w, b):
        p = p - lr * p.grad  # <- cause
        p.grad.zero_()
