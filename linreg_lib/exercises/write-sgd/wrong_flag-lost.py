import torch


def sgd(params, lr, batch_size):
    for param in params:
        param.detach_()
        param -= lr * param.grad / batch_size
        param.grad.zero_()
