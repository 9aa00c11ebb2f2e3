import torch


def init_params(num_features):
    w = torch.normal(0, 0.01, (num_features, 1), requires_grad=True)
    b = torch.ones(1, requires_grad=True)
    return w, b
