import torch

w = torch.randn(3, requires_grad=True)
x = torch.randn(3)
for i in range(3):
    loss = (w * x).sum() ** 2
    w.grad.clamp_(-1, 1)
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
