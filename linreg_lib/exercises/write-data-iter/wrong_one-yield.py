import random

import torch


def data_iter(batch_size, features, labels):
    rows = torch.randperm(len(features))[:batch_size]
    yield features[rows], labels[rows]
