"""Least squares by elimination, the same on PyTorch and on its miniature in the page."""

import torch
from torch import Tensor


def least_squares(X: Tensor, y: Tensor) -> tuple[Tensor, float]:
    """Solve the normal equations: w (d,) and b for features (n, d) and flat labels (n,)."""
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    rows = torch.cat([A.T @ A, (A.T @ y).reshape(-1, 1)], dim=1).tolist()
    for i, pivot in enumerate(rows):
        # The matrix is positive definite: no exchange of rows is needed.
        for row in rows:
            if row is not pivot:
                factor = row[i] / pivot[i]
                row[:] = [a - factor * p for a, p in zip(row, pivot, strict=True)]
    solved = [row[-1] / row[i] for i, row in enumerate(rows)]
    return torch.tensor(solved[:-1], dtype=X.dtype), solved[-1]
