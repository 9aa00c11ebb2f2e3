import torch


def border(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    return torch.linalg.eigvalsh(A.T @ A / len(X)).max().item()
