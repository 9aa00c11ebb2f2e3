import torch


def synthetic_data(w, b, num_examples):
    y = torch.randn(num_examples, len(w)) @ w + b
    y += torch.normal(0, 0.01, y.shape)
    return torch.randn(num_examples, len(w)), y.reshape(-1, 1)
