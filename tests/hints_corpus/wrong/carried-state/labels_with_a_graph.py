import torch

X = torch.randn(20, 2)
true_w = torch.tensor([[2.0], [-3.4]], requires_grad=True)
y = (X @ true_w) ** 2
w = torch.zeros(2, 1, requires_grad=True)
for epoch in range(2):
    loss = ((X @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
        w.grad.zero_()
