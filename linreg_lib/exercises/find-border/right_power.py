import torch


def border(X):
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    H = A.T @ A / len(A)
    v = torch.ones(len(H))
    for _ in range(2000):
        v = H @ v
        v = v / v.norm()
    return 2 / (v @ H @ v)
