"""The training loop, with a record of every step (book: From scratch, Training)."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from linreg_lib.iterators import data_iter
from linreg_lib.loss import squared_loss
from linreg_lib.model import init_params, linreg
from linreg_lib.sgd import sgd


@dataclass
class TrainingRun:
    """What `train` did: final parameters, the loss of each epoch, and every step.

    Attributes:
        w: final weights (d, 1), b: final bias (1,).
        epoch_losses: mean loss on all data after each epoch.
        step_losses: (steps,) mean loss of each minibatch, before its update.
        step_params: (steps, d + 1) weights then bias, after each update.
        step_grads: (steps, d + 1) gradients as handed to `update` (sums over the minibatch).
    """

    w: Tensor
    b: Tensor
    epoch_losses: list[float]
    step_losses: Tensor
    step_params: Tensor
    step_grads: Tensor


def train(
    features: Tensor,
    labels: Tensor,
    *,
    lr: float = 0.03,
    num_epochs: int = 3,
    batch_size: int = 10,
    w: Tensor | None = None,
    b: Tensor | None = None,
    net: Callable = linreg,
    loss: Callable = squared_loss,
    update: Callable = sgd,
    generator: torch.Generator | None = None,
    on_step: Callable | None = None,
    progress: bool = False,
) -> TrainingRun:
    """Train a linear model by minibatch SGD and record how it went."""
    if w is None or b is None:
        w, b = init_params(
            features.shape[1], generator=generator, dtype=features.dtype, device=features.device
        )
    losses, params, grads, epoch_losses = [], [], [], []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels, generator=generator):
            step_loss = loss(net(X, w, b), y).sum()
            step_loss.backward()
            losses.append(step_loss.detach() / len(X))
            grads.append(torch.cat([w.grad.reshape(-1), b.grad]))
            update([w, b], lr, len(X))
            params.append(torch.cat([w.detach().reshape(-1), b.detach()]))
        with torch.no_grad():
            epoch_losses.append(float(loss(net(features, w, b), labels).mean()))
    return TrainingRun(
        w, b, epoch_losses, torch.stack(losses), torch.stack(params), torch.stack(grads)
    )
