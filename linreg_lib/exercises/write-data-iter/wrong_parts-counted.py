import random

import torch


def data_iter(batch_size, features, labels):
    for rows in torch.randperm(len(features)).chunk(batch_size):
        yield features[rows], labels[rows]
