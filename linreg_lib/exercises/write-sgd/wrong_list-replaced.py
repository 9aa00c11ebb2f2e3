import torch


def sgd(params, lr, batch_size):
    with torch.no_grad():
        for i in range(len(params)):
            params[i] = params[i] - lr * params[i].grad / batch_size
