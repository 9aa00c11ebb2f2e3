import torch


def sgd(params, lr, batch_size):
    with torch.no_grad():
        for p in params:
            p = p - lr * p.grad / batch_size
            p.grad.zero_()


x = torch.arange(3.0)
w = torch.zeros(1, requires_grad=True)
loss = (w * x - x).square().sum()
loss.backward()
sgd([w], 0.1, 3)
