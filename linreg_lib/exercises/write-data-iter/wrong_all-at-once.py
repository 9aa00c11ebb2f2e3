import random

import torch


def data_iter(batch_size, features, labels):
    order = torch.randperm(len(features))
    yield features[order], labels[order]
