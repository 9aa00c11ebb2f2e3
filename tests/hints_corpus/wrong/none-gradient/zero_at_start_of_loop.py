import torch

X = torch.randn(100, 4)
y = torch.randn(100, 1)
w = torch.randn(4, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(10):
    w.grad.zero_()
    b.grad.zero_()
    y_hat = X @ w + b
    loss = ((y_hat - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad
