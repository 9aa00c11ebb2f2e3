import random

import torch


def data_iter(batch_size, features, labels):
    torch.manual_seed(0)
    order = torch.randperm(len(features))
    for i in range(0, len(features), batch_size):
        rows = order[i : i + batch_size]
        yield features[rows], labels[rows]
