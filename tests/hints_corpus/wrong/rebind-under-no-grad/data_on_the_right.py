import torch

x = torch.arange(1.0, 4.0)
w = torch.ones(1, requires_grad=True)
for i in range(5):
    loss = (w * x).sum() ** 2
    loss.backward()
    w = w.data - 0.01 * w.grad
