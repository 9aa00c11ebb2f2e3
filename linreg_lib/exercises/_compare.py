"""Compare what came with what should have come, to rounding."""

import torch
from torch import Tensor


def near(a: Tensor, b: Tensor, *, rtol: float = 1e-4, atol: float = 1e-5) -> bool:
    """Tell whether two tensors agree in shape, and in value to rounding."""
    return tuple(a.shape) == tuple(b.shape) and bool(
        torch.allclose(a.detach().double(), b.detach().double(), rtol=rtol, atol=atol)
    )


def near_values(a: Tensor, b: Tensor, **tolerances) -> bool:
    """Tell whether two tensors hold the same numbers, in whatever shape."""
    return a.numel() == b.numel() and near(a.reshape(-1), b.reshape(-1), **tolerances)


def as_tensor(value) -> Tensor | None:
    """Make a tensor of an array, a list or a number; None where that has no meaning."""
    if isinstance(value, Tensor):
        return value
    if isinstance(value, str | bytes) or value is None:
        return None
    try:
        return torch.tensor(_plain(value))
    except (TypeError, ValueError, RuntimeError):
        return None


def parts(value) -> list | None:
    """Take a thing apart as `a, b = value` would; None where that has no meaning."""
    if isinstance(value, Tensor | str | bytes | dict) or not hasattr(value, "__iter__"):
        return None
    return list(value)


def _plain(value):
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
