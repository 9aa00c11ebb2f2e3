import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn((num_examples, w.numel()))
    y = (X * w).sum(dim=1, keepdim=True) + b
    return X, y + torch.normal(torch.zeros(num_examples, 1), torch.full((num_examples, 1), 0.01))
