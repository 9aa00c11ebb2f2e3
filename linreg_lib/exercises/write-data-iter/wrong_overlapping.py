import random

import torch


def data_iter(batch_size, features, labels):
    order = torch.randperm(len(features))
    for i in range(len(features)):
        rows = order[i : i + batch_size]
        yield features[rows], labels[rows]
