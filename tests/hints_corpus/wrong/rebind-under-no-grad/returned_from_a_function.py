import torch


def sgd(w, lr):
    with torch.no_grad():
        w = w - lr * w.grad
    return w


x = torch.arange(1.0, 4.0)
w = torch.ones(1, requires_grad=True)
for i in range(5):
    loss = (w * x).sum() ** 2
    loss.backward()
    w = sgd(w, 0.01)
