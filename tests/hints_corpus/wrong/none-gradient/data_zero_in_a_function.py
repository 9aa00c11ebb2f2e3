import torch


def clear(params):
    for p in params:
        p.grad.data.zero_()


clear([torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)])
