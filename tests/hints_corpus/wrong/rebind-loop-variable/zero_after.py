import torch

X, y = torch.randn(20, 2), torch.randn(20, 1)
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
loss = ((X @ w + b - y) ** 2).mean()
loss.backward()
for param in [w, b]:
    param = param - 0.1 * param.grad
    param.grad.zero_()
