import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn(num_examples, len(w))
    y = X @ w + b
    X = X + 0.01 * torch.randn(num_examples, len(w))
    return X, y.reshape(-1, 1)
