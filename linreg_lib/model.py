"""The linear model, its parameters and its closed form (book: From scratch, Model)."""

import torch
from torch import Tensor


def init_params(
    num_features: int,
    *,
    std: float = 0.01,
    generator: torch.Generator | None = None,
    dtype: torch.dtype = torch.float32,
    device: torch.device | str | None = None,
) -> tuple[Tensor, Tensor]:
    """Draw small random weights and a zero bias, both leaves that require grad.

    Args:
        num_features: d >= 1.
        std: standard deviation of the weights.
        generator: source of randomness; None for PyTorch's global one.
        dtype: a floating point type.
        device: where the parameters live.

    Returns:
        w (d, 1) and b (1,).
    """
    if not dtype.is_floating_point:
        raise TypeError(
            f"parameters must be floating point to require gradients; got dtype={dtype}. "
            "Write dtype=torch.float32."
        )
    if num_features < 1:
        raise ValueError(f"num_features must be at least 1; got {num_features}. Write X.shape[1].")
    w = torch.randn(num_features, 1, generator=generator, dtype=dtype, device=device) * std
    b = torch.zeros(1, dtype=dtype, device=device)
    return w.requires_grad_(), b.requires_grad_()


def linreg(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Predict Xw + b for features X (n, d), weights w (d, 1) and bias b (1,): (n, 1)."""
    return X @ w + b


def least_squares(features: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Solve for the parameters of least squared loss in closed form: the yardstick.

    Args:
        features: (n, d) with n >= 1.
        labels: (n, 1) or (n,).

    Returns:
        w (d, 1) and b (1,), of the smallest norm where several are equally good.
    """
    if len(features) != len(labels):
        raise ValueError(
            "features and labels must have the same length; "
            f"got {len(features)} and {len(labels)}. Give each example one label."
        )
    ones = torch.ones(len(features), 1, dtype=features.dtype, device=features.device)
    design = torch.cat([features, ones], dim=1)
    # The pseudoinverse (an SVD) also serves where columns depend on each other.
    solution = torch.linalg.pinv(design) @ labels.reshape(-1, 1)
    return solution[:-1], solution[-1]
