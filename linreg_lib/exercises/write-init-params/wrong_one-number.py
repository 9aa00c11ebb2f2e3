import torch


def init_params(num_features):
    w = (torch.randn(1) * 0.01).repeat(num_features, 1).requires_grad_()
    b = torch.zeros(1, requires_grad=True)
    return w, b
