import torch


def sgd(params, lr, batch_size):
    mean_gradients = [param.grad.clone() / batch_size for param in params]
    for param, gradient in zip(params, mean_gradients):
        param.data.add_(gradient, alpha=-lr)
    for param in params:
        param.grad.zero_()
