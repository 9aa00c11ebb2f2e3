import torch


def data_iter(batch_size, features, labels):
    order = torch.randperm(len(features))
    X, y = features[order], labels[order]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]
