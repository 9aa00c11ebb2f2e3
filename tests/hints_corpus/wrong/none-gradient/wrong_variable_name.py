import torch

w1 = torch.randn(2, requires_grad=True)
w2 = torch.randn(2, requires_grad=True)
x = torch.randn(3, 2)
loss = (x @ w1).pow(2).mean() + (x @ w1).sum()
loss.backward()
with torch.no_grad():
    w1 -= 0.1 * w1.grad
    w2 -= 0.1 * w2.grad
