"""The training loop (book: From scratch, Training); `_record.py` remembers every step."""

import math
from collections.abc import Callable
from contextlib import nullcontext

import torch
from torch import Tensor

from linreg_lib._arguments import (
    check_callables,
    check_count,
    check_generator,
    check_number,
    check_params,
    check_regression_data,
)
from linreg_lib._record import Record, Step, TrainingRun
from linreg_lib.iterators import data_iter
from linreg_lib.loss import squared_loss
from linreg_lib.model import init_params, linreg
from linreg_lib.sgd import sgd


def train(
    features: Tensor,
    labels: Tensor,
    *,
    lr: float = 0.03,
    num_epochs: int = 3,
    batch_size: int = 10,
    w: Tensor | None = None,
    b: Tensor | None = None,
    net: Callable[[Tensor, Tensor, Tensor], Tensor] = linreg,
    loss: Callable[[Tensor, Tensor], Tensor] = squared_loss,
    update: Callable[[list[Tensor], float, int], None] = sgd,
    generator: torch.Generator | None = None,
    on_step: Callable[[Step], None] | None = None,
    progress: bool = False,
) -> TrainingRun:
    """Train a linear model by minibatch SGD and record how it went.

    Args:
        features: (n, d), labels: (n, 1) or (n,); finite, of one floating point dtype.
        lr: learning rate, finite and > 0. A run that diverges goes on and records inf and nan.
        num_epochs: passes over the data, >= 1.
        batch_size: examples in a minibatch, >= 1; a short last one counts by its own length.
        w: weights (d, 1), b: bias (1,), leaves that are trained in place; None for new ones.
        net: (X, w, b) -> y_hat. loss: (y_hat, y) -> tensor. update: (params, lr, examples).
        generator: source of the parameters and the order; None for PyTorch's global one.
        on_step: called with a `Step` after every update.
        progress: show a progress bar.

    Returns:
        A `TrainingRun`; its w and b are those given, or the new ones.

    Raises:
        TypeError, ValueError: for arguments out of range, before anything is drawn or trained.
    """
    check_regression_data(features, labels)
    check_params(w, b, features)
    lr = check_number("lr", lr, example="0.03", above_zero=True)
    num_epochs = check_count("num_epochs", num_epochs, example=3)
    batch_size = check_count("batch_size", batch_size, example=10)
    check_generator(generator)
    check_callables(net=net, loss=loss, update=update)
    if on_step is not None:
        check_callables(on_step=on_step)
    if w is None:
        like = {"dtype": features.dtype, "device": features.device}
        w, b = init_params(features.shape[1], generator=generator, **like)
    for param in (w, b):
        param.grad = torch.zeros_like(param)  # stays zero for one that `net` does not use

    record = Record(w, b)
    num_steps = num_epochs * math.ceil(len(features) / batch_size)
    with progress_bar(num_steps) if progress else nullcontext() as bar:
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels, generator=generator):
                losses = loss(net(X, w, b), y)
                total = losses.sum()
                total.backward()
                record.slope(total.item() / losses.numel())
                update([w, b], lr, len(X))
                record.step()
                if on_step is not None:
                    on_step(Step(epoch, len(record.losses) - 1, record.losses[-1], w, b, X, y))
                if bar is not None:
                    bar.update()
            with torch.no_grad():
                record.epoch(loss(net(features, w, b), labels).mean())
    return record.run(lr, batch_size)


def progress_bar(num_steps: int):
    """Show how many of so many steps are done."""
    from tqdm import tqdm  # here: only a call that asks for a bar needs it

    return tqdm(total=num_steps, unit="step")
