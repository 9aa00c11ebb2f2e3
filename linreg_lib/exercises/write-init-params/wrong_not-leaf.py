import torch


def init_params(num_features):
    w = torch.randn(num_features, 1, requires_grad=True) * 0.01
    b = torch.zeros(1, requires_grad=True)
    return w, b
