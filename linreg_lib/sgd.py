"""Minibatch stochastic gradient descent (book: From scratch, SGD)."""

from collections.abc import Iterable

import torch
from torch import Tensor

from linreg_lib._checks import check_count, check_leaf, check_number


def sgd(params: Iterable[Tensor], lr: float, batch_size: int) -> None:
    """Take one step down the mean gradient, in place, and clear the gradients.

    Args:
        params: leaves that require grad, each with the gradient of a *summed* loss in `.grad`.
        lr: learning rate, finite and > 0.
        batch_size: examples in the sum, >= 1.

    Raises:
        TypeError, ValueError: for a parameter that is not a leaf, does not require grad or has no
            gradient yet, or an lr or batch_size out of range. No parameter has changed then.
    """
    params = _checked(params)
    lr = check_number("lr", lr, example="0.03", above_zero=True)
    batch_size = check_count("batch_size", batch_size, example=10)
    with torch.no_grad():  # the update is no part of the model: autograd must not record it
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()  # backward adds to what is there


def _checked(params) -> list[Tensor]:
    """Return the parameters as a list, once every one of them is fit for a step."""
    if isinstance(params, Tensor):
        raise TypeError("params must be a list of tensors; got one tensor. Write [w, b].")
    params = list(params)
    if not params:
        raise ValueError("params must hold at least one tensor; got none. Write [w, b].")
    for i, param in enumerate(params):
        check_leaf(f"params[{i}]", param)
        if param.grad is None:
            raise ValueError(
                f"params[{i}] must have a gradient; got .grad = None. "
                "Call backward() on a loss computed from it first."
            )
    return params
