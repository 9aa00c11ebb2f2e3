import torch


def init_params(num_features):
    ...
