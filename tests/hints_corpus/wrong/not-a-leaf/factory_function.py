import torch


def init_params(d):
    w = torch.normal(0, 1, size=(d, 1), requires_grad=True) * 0.01
    b = torch.zeros(1, requires_grad=True)
    return w, b


w, b = init_params(2)
loss = (torch.ones(4, 2) @ w + b - 1).pow(2).mean()
loss.backward()
for p in (w, b):
    p.data -= 0.1 * p.grad
