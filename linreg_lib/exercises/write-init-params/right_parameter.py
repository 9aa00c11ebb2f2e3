import torch
from torch import nn


def init_params(num_features):
    weights = nn.Parameter(torch.empty(num_features, 1))
    nn.init.normal_(weights, std=0.01)
    return weights, nn.Parameter(torch.tensor([0.0]))
