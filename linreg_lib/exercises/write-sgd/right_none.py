import torch


@torch.no_grad()
def sgd(params, lr, batch_size):
    for p in params:
        p.sub_(lr / batch_size * p.grad)
        p.grad = None
