import torch


def sgd(params, lr):
    with torch.no_grad():
        for p in params:
            p -= lr * p.grad
            p.grad.zero_()


w = torch.zeros(1, requires_grad=True)
x = torch.tensor([1.0, 2.0])
for epoch in range(3):
    l = ((w * x - 3 * x) ** 2).sum()
    sgd([w], 0.1)
    l.backward()
