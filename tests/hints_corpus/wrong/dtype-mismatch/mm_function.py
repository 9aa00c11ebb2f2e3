import torch


def linreg(X, w, b):
    return torch.mm(X, w) + b


linreg(torch.tensor([[1, 2], [3, 4]]), torch.ones(2, 1), torch.zeros(1))
