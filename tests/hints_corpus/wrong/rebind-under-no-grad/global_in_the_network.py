import torch

w = torch.zeros(1, requires_grad=True)
x = torch.arange(3.0)


def net(x):
    return x * w


def squared_loss(y_hat, y):
    return ((y_hat - y) ** 2).mean()


for _ in range(2):
    loss = squared_loss(net(x), 2 * x)
    loss.backward()
    with torch.no_grad():
        w = w - 0.1 * w.grad
