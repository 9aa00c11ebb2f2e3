"""Eigenvalues of a small symmetric matrix by rotations (Jacobi): the page has no torch.linalg."""

import math

from torch import Tensor


def eigenvalues(matrix: Tensor) -> list[float]:
    """Return the eigenvalues of a symmetric matrix (d, d), from small to large."""
    a = matrix.double().tolist()
    d = len(a)
    pairs = [(i, j) for i in range(d) for j in range(i)]
    for _ in range(30):
        for i, j in pairs:
            if abs(a[i][j]) > 1e-15:
                _rotate(a, i, j)
    return sorted(a[i][i] for i in range(d))


def _rotate(a, i, j):
    """Turn in the plane of i and j, so that a[i][j] becomes zero."""
    angle = 0.5 * math.atan2(2 * a[i][j], a[j][j] - a[i][i])
    c, s = math.cos(angle), math.sin(angle)
    for row in a:
        row[i], row[j] = c * row[i] - s * row[j], s * row[i] + c * row[j]
    a[i], a[j] = (
        [c * x - s * y for x, y in zip(a[i], a[j], strict=True)],
        [s * x + c * y for x, y in zip(a[i], a[j], strict=True)],
    )
