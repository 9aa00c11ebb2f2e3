"""Synthetic data whose true parameters are known (book: From scratch, Data)."""

import math
import operator
from collections.abc import Sequence

import torch
from torch import Tensor


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
            are those of the result (float32 on the CPU for plain numbers).
        b: true bias, one number.
        num_examples: how many examples to draw, n >= 1.
        noise_std: standard deviation of the noise, in the units of the labels; 0 for none.
        generator: source of randomness; None for PyTorch's global one.

    Returns:
        features (n, d), standard normal, and labels (n, 1).

    Raises:
        TypeError, ValueError: for integer weights, no weights, numbers that are not finite,
            num_examples < 1 or not an integer, or a negative noise_std.
    """
    if not isinstance(w, Tensor):
        w = torch.tensor([float(v) for v in w])
    if not w.is_floating_point():
        raise TypeError(
            f"w must be floating point, since labels are; got {w.dtype}. Write w.float()."
        )
    w = w.detach().reshape(-1)
    if w.numel() == 0:
        raise ValueError("w must hold at least one weight; got none. Write w=[2, -3.4].")
    try:
        num_examples = operator.index(num_examples)
    except TypeError:
        raise TypeError(
            f"num_examples must be an integer; got {num_examples!r}. Write num_examples=1000."
        ) from None
    if num_examples < 1:
        raise ValueError(
            f"num_examples must be at least 1; got {num_examples}. Write num_examples=1000."
        )
    b, noise_std = float(b), float(noise_std)
    if not (math.isfinite(b) and torch.isfinite(w).all()):
        raise ValueError(f"w and b must be finite; got w={w.tolist()}, b={b}. Replace nan and inf.")
    if not (math.isfinite(noise_std) and noise_std >= 0):
        raise ValueError(
            f"noise_std must be finite and not negative; got {noise_std}. Write noise_std=0.01."
        )
    X = torch.randn(num_examples, len(w), generator=generator, dtype=w.dtype, device=w.device)
    y = X @ w + b
    noise = torch.randn(num_examples, generator=generator, dtype=w.dtype, device=w.device)
    return X, (y + noise_std * noise).reshape(-1, 1)
