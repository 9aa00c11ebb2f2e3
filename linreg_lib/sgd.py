"""Minibatch stochastic gradient descent (book: From scratch, SGD)."""

from collections.abc import Iterable

import torch
from torch import Tensor


def sgd(params: Iterable[Tensor], lr: float, batch_size: int) -> None:
    """Take one step down the mean gradient, in place, and clear the gradients.

    Args:
        params: leaves that require grad, each with the gradient of a *summed* loss in `.grad`.
        lr: learning rate, finite and > 0.
        batch_size: examples in the sum, >= 1.
    """
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()
