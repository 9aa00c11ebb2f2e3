"""Synthetic data whose true parameters are known (book: From scratch, Data)."""

import math
from collections.abc import Sequence
from reprlib import repr as short

import torch
from torch import Tensor

from linreg_lib._arguments import check_count, check_generator, check_number


def synthetic_data(
    w: Tensor | Sequence[float],
    b: float | Tensor,
    num_examples: int,
    *,
    noise_std: float = 0.01,
    generator: torch.Generator | None = None,
) -> tuple[Tensor, Tensor]:
    """Draw `num_examples` examples of y = Xw + b + noise.

    Args:
        w: true weights, d numbers or a floating point tensor of d elements; its dtype and device
            are those of the result (the default dtype on the CPU for plain numbers).
        b: true bias, one number, in the units of the labels.
        num_examples: how many examples to draw, n >= 1.
        noise_std: standard deviation of the noise, in the units of the labels; 0 for none.
        generator: source of randomness, on any device; None for PyTorch's global one.

    Returns:
        features (n, d), standard normal, and labels (n, 1).

    Raises:
        TypeError, ValueError: for integer weights, no weights, numbers that are not finite,
            num_examples < 1 or not an integer, or a negative noise_std.
    """
    w, b = _true_parameters(w, b)
    n = check_count("num_examples", num_examples, example=1000)
    noise_std = check_number("noise_std", noise_std, example="0.01")
    check_generator(generator)

    device = w.device if generator is None else generator.device  # where the numbers are drawn
    X = torch.randn(n, len(w), generator=generator, dtype=w.dtype, device=device).to(w.device)
    noise = torch.randn(n, generator=generator, dtype=w.dtype, device=device).to(w.device)
    y = X @ w + b + noise_std * noise
    return X, y.reshape(-1, 1)


def _true_parameters(w, b) -> tuple[Tensor, float]:
    """Return w as a tensor (d,) and b as a number, or refuse what has no meaning as such."""
    try:
        if not isinstance(w, Tensor):
            w = torch.tensor([float(weight) for weight in w])
        b = float(b.detach() if isinstance(b, Tensor) else b)
    except (TypeError, ValueError):
        raise TypeError(
            "w must be a tensor or a sequence of numbers and b one number; "
            f"got w={short(w)}, b={short(b)}. Write w=[2, -3.4], b=4.2."
        ) from None
    if not w.is_floating_point():
        raise TypeError(f"w must be floating point, as labels are; got {w.dtype}. Write w.float().")
    w = w.detach().reshape(-1)
    if len(w) == 0:
        raise ValueError("w must hold at least one weight; got none. Write w=[2, -3.4].")
    if not (math.isfinite(b) and torch.isfinite(w).all()):
        raise ValueError(f"w and b must be finite; got w={w.tolist()}, b={b}. Replace nan and inf.")
    return w, b
