import torch

X = torch.randn(20, 2)
y = X @ torch.tensor([[1.0], [2.0]])
w = torch.zeros((2, 1), requires_grad=True)
v = torch.zeros((2, 1))
for i in range(10):
    loss = ((X @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        v = 0.9 * v + w.grad
        w = w - 0.1 * v  # <- cause
    w.grad.zero_()
