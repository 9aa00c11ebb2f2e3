import torch


def gradients(X, y, w, b):
    return X.T @ y, y.sum()
