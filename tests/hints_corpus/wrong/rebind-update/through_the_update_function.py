import torch


def update(param, lr):
    new = param - lr * param.grad
    return new


x = torch.arange(1.0, 4.0)
w = torch.zeros(1, requires_grad=True)
for k in range(2):
    cost = (x * w - 5 * x).pow(2).sum()
    cost.backward()
    w = update(w, 0.01)
