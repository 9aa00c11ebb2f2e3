import torch


@torch.no_grad()
def gd_step(w, b, lr=0.1):
    w = w - lr * w.grad  # <- cause
    b = b - lr * b.grad  # <- cause
    return w, b  # <- cause


w = torch.zeros(2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
X, y = torch.randn(6, 2), torch.randn(6)
for _ in range(3):
    loss = (X @ w + b - y).pow(2).mean()
    loss.backward()
    w, b = gd_step(w, b)
