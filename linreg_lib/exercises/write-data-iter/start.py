import torch


def data_iter(batch_size, features, labels):
    ...
