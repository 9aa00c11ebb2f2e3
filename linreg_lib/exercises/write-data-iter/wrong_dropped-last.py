import random

import torch


def data_iter(batch_size, features, labels):
    order = torch.randperm(len(features))
    for i in range(len(features) // batch_size):
        rows = order[i * batch_size : (i + 1) * batch_size]
        yield features[rows], labels[rows]
