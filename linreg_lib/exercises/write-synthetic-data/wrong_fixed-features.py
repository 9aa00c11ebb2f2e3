import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn(num_examples, 2)
    y = X @ torch.tensor([2, -3.4]) + 4.2
    y += torch.normal(0, 0.01, y.shape)
    return X, y.reshape(-1, 1)
