"""The training loop, with a record of every step (book: From scratch, Training)."""

import math
from array import array
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain

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
from linreg_lib.iterators import data_iter
from linreg_lib.loss import squared_loss
from linreg_lib.model import init_params, linreg
from linreg_lib.sgd import sgd


@dataclass(frozen=True, repr=False, eq=False)
class TrainingRun:
    """What `train` did. The records of the steps are on the CPU, in the data's dtype.

    Attributes:
        w: final weights (d, 1), b: final bias (1,); the leaves that were trained.
        epoch_losses: mean loss on all data after each epoch.
        step_losses: (steps,) mean loss of each minibatch, before its update.
        step_params: (steps, d + 1) weights then bias, after each update.
        step_grads: (steps, d + 1) gradients of the summed loss, as handed to `update`.
        lr: learning rate, batch_size: as given.
    """

    w: Tensor
    b: Tensor
    epoch_losses: list[float]
    step_losses: Tensor
    step_params: Tensor
    step_grads: Tensor
    lr: float
    batch_size: int

    @property
    def num_steps(self) -> int:
        """Updates made in all."""
        return len(self.step_losses)

    @property
    def steps_per_epoch(self) -> int:
        """Minibatches in an epoch, a short last one included."""
        return self.num_steps // len(self.epoch_losses)

    def __repr__(self) -> str:
        return (
            f"TrainingRun({len(self.epoch_losses)} epochs of {self.steps_per_epoch} steps, "
            f"lr={self.lr}, batch_size={self.batch_size}, last loss {self.epoch_losses[-1]:.3g})"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What `on_step` receives after an update.

    Attributes:
        epoch, step: counted from 0; `step` runs through, as the rows of `step_params` do.
        loss: mean loss of the minibatch, before the update.
        w, b: the parameters themselves, after the update; clone what you keep.
        X, y: the minibatch.
    """

    epoch: int
    step: int
    loss: float
    w: Tensor
    b: Tensor
    X: Tensor
    y: Tensor


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

    epoch_losses = []
    losses, grads, params = array("d"), array("d"), array("d")  # numbers, which hold no graph
    num_steps = num_epochs * math.ceil(len(features) / batch_size)
    with _progress_bar(num_steps) if progress else nullcontext() as bar:
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels, generator=generator):
                per_example = loss(net(X, w, b), y)
                total = per_example.sum()
                total.backward()
                losses.append(total.item() / per_example.numel())
                grads.extend(chain(*w.grad.tolist(), b.grad.tolist()))
                update([w, b], lr, len(X))
                params.extend(chain(*w.tolist(), b.tolist()))
                if on_step is not None:
                    on_step(Step(epoch, len(losses) - 1, losses[-1], w, b, X, y))
                if bar is not None:
                    bar.update()
            with torch.no_grad():
                epoch_losses.append(loss(net(features, w, b), labels).mean().item())

    step_losses, step_params, step_grads = (
        torch.frombuffer(numbers, dtype=torch.float64).to(w.dtype).reshape(num_steps, -1)
        for numbers in (losses, params, grads)
    )
    return TrainingRun(
        w, b, epoch_losses, step_losses.squeeze(1), step_params, step_grads, lr, batch_size
    )


def _progress_bar(num_steps: int):
    from tqdm import tqdm  # here: only a call that asks for a bar needs it

    return tqdm(total=num_steps, unit="step")
