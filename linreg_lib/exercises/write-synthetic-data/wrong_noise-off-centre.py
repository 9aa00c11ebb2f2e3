import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn(num_examples, len(w))
    y = X @ w + b + torch.normal(0.01, 1, (num_examples,)) * 0.01 + 0.01
    return X, y.reshape(-1, 1)
