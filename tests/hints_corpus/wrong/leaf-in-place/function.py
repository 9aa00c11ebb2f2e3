import torch


def sgd(params, lr):
    for param in params:
        param += -lr * param.grad
        param.grad.zero_()


w = torch.ones(2, requires_grad=True)
w.prod().backward()
sgd([w], 0.5)
