"""Minibatch stochastic gradient descent (book: From scratch, SGD)."""

from collections.abc import Iterable

import torch
from torch import Tensor

from linreg_lib._arguments import check_count, check_number, check_ready


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
    params = check_ready(params)
    check_number("lr", lr, example="0.03", above_zero=True)
    check_count("batch_size", batch_size, example=10)
    with torch.no_grad():  # the update is no part of the model: autograd must not record it
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()  # backward adds to what is there
