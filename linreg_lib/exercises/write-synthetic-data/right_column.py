import torch


def synthetic_data(w, b, num_examples):
    w = w.reshape(-1, 1)
    features = torch.randn(num_examples, w.shape[0])
    noise = 0.01 * torch.randn(num_examples, 1)
    return features, features @ w + b + noise
