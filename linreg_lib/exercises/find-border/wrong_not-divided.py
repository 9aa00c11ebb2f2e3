import torch


def border(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    return 2 / torch.linalg.eigvalsh(A.T @ A).max().item()
