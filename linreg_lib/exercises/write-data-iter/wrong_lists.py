import random

import torch


def data_iter(batch_size, features, labels):
    order = torch.randperm(len(features)).tolist()
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield [features[j] for j in rows], [labels[j] for j in rows]
