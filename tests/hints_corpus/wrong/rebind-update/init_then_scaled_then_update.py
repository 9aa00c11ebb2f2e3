import torch

n = 8
W = torch.randn(n, requires_grad=True)
x = torch.randn(32, n)
y = torch.randn(32)
for k in range(4):
    yhat = torch.mv(x, W)
    err = yhat - y
    mse = err.dot(err) / len(y)
    mse.backward()
    if mse.item() < 1e-6:
        break
    W = W - 0.1 * W.grad / W.grad.norm()  # <- cause
    W.grad = W.grad * 0
