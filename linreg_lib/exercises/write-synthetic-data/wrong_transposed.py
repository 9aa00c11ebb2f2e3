import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn(len(w), num_examples)
    y = w @ X + b
    y += torch.normal(0, 0.01, y.shape)
    return X, y.reshape(-1, 1)
