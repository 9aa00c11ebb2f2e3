"""The linear model, its parameters and its closed form (book: From scratch, Model)."""

import torch
from torch import Tensor

from linreg_lib._arguments import (
    check_count,
    check_generator,
    check_number,
    check_regression_data,
)


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
        std: standard deviation of the weights; 0 for weights of zero.
        generator: source of randomness, on any device; None for PyTorch's global one.
        dtype: a floating point type.
        device: where the parameters live; None for the generator's device, else the default one.

    Returns:
        w (d, 1) and b (1,).

    Raises:
        TypeError, ValueError: for an integer dtype, num_features < 1 or not an integer, or a
            negative std.
    """
    d = check_count("num_features", num_features, example=2)
    std = check_number("std", std, example="0.01")
    check_generator(generator)
    if not (isinstance(dtype, torch.dtype) and dtype.is_floating_point):
        raise TypeError(
            f"parameters must be floating point to require gradients; got dtype={dtype}. "
            "Write dtype=torch.float32."
        )
    drawn_on = device if generator is None else generator.device
    w = torch.randn(d, 1, generator=generator, dtype=dtype, device=drawn_on) * std
    w = w.to(device)
    b = torch.zeros(1, dtype=dtype, device=w.device)
    return w.requires_grad_(), b.requires_grad_()


def linreg(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Predict y_hat = Xw + b.

    Args:
        X: features (n, d). w: weights (d, 1). b: bias (1,). All of one floating point dtype.

    Returns:
        y_hat (n, 1), in the units of the labels.

    Raises:
        ValueError, TypeError: for other shapes, or dtypes that differ.
    """
    if X.ndim != 2 or w.shape != (X.shape[1], 1) or b.numel() != 1:
        raise ValueError(
            "linreg needs X (n, d), w (d, 1) and b (1,); got shapes "
            f"{tuple(X.shape)}, {tuple(w.shape)} and {tuple(b.shape)}. "
            "Write w.reshape(-1, 1), or X.reshape(-1, 1) for one feature."
        )
    if X.dtype != w.dtype:
        raise TypeError(
            f"X and w must have the same dtype; got {X.dtype} and {w.dtype}. Write X.to(w.dtype)."
        )
    return X @ w + b


def least_squares(features: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Solve for the parameters of least squared loss in closed form: the yardstick.

    Args:
        features: (n, d) with n >= 1, finite.
        labels: (n, 1) or (n,), of the same dtype.

    Returns:
        w (d, 1) and b (1,), of the smallest norm where several are equally good.

    Raises:
        TypeError, ValueError: for other shapes, lengths that differ, integers, nan or inf.
    """
    check_regression_data(features, labels)
    design = torch.cat([features, torch.ones_like(features[:, :1])], dim=1).detach()
    # The pseudoinverse also serves where columns depend on each other. It drops directions that
    # are small against n times the rounding: in float32 that would be all of a large data set.
    solution = torch.linalg.pinv(design.double()) @ labels.detach().reshape(-1, 1).double()
    solution = solution.to(features.dtype)
    return solution[:-1], solution[-1]
