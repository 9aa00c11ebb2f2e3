import torch


def init_params(num_features):
    w = torch.randn(num_features, 1) * 0.01
    b = torch.zeros(1)
    return w.requires_grad_(), b.requires_grad_()
