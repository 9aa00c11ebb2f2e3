import random

import torch


def data_iter(batch_size, features, labels):
    for i in range(0, len(features), batch_size):
        rows = torch.randperm(len(features))[:batch_size]
        yield features[rows], labels[rows]
