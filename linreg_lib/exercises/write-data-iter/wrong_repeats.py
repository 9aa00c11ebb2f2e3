import random

import torch


def data_iter(batch_size, features, labels):
    for i in range(0, len(features), batch_size):
        rows = torch.randint(0, len(features), (min(batch_size, len(features) - i),))
        yield features[rows], labels[rows]
