"""What `train` remembers: every step's loss, gradients and parameters, as numbers.

It stands beside the loop, which reads as the book prints it. Numbers hold no graph alive; they are
gathered in lists, which costs least in a step, and packed tightly once an epoch.
"""

from array import array
from dataclasses import dataclass

import torch
from torch import Tensor


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


class Record:
    """The memory of a run on the parameters `w` (d, 1) and `b` (1,)."""

    def __init__(self, w: Tensor, b: Tensor):
        self.w, self.b = w, b
        self.losses: list[float] = []  # of each step
        self.epoch_losses: list[float] = []
        self._grads, self._params = array("d"), array("d")  # d + 1 numbers a step
        self._new_grads, self._new_params = [], []  # those of this epoch

    def slope(self, mean_loss: float) -> None:
        """Keep the minibatch's mean loss and the gradients, which the update may clear."""
        self.losses.append(mean_loss)
        numbers = self._new_grads
        for row in self.w.grad.tolist():
            numbers += row
        numbers += self.b.grad.tolist()

    def step(self) -> None:
        """Keep the parameters, after the update."""
        numbers = self._new_params
        for row in self.w.tolist():
            numbers += row
        numbers += self.b.tolist()

    def epoch(self, loss: Tensor) -> None:
        """Keep the loss on all data; pack the epoch's steps."""
        self.epoch_losses.append(loss.item())
        self._grads.extend(self._new_grads)
        self._params.extend(self._new_params)
        self._new_grads, self._new_params = [], []

    def state(self) -> dict[str, Tensor]:
        """Give all that was kept, as tensors of float64, for a snapshot."""
        numbers = (self.losses, self.epoch_losses, [*self._grads, *self._new_grads])
        numbers = (*numbers, [*self._params, *self._new_params])
        names = ("losses", "epoch_losses", "grads", "params")
        return {
            n: torch.tensor(x, dtype=torch.float64) for n, x in zip(names, numbers, strict=True)
        }

    def restore(self, state: dict[str, Tensor]) -> None:
        """Take over what `state` gave."""
        self.losses, self.epoch_losses = state["losses"].tolist(), state["epoch_losses"].tolist()
        self._grads = array("d", state["grads"].tolist())
        self._params = array("d", state["params"].tolist())

    def run(self, lr: float, batch_size: int) -> TrainingRun:
        """Give all that was kept."""
        step_losses, step_params, step_grads = (
            torch.frombuffer(numbers, dtype=torch.float64).to(self.w.dtype)
            for numbers in (array("d", self.losses), self._params, self._grads)
        )
        rows = (len(self.losses), -1)
        return TrainingRun(
            w=self.w,
            b=self.b,
            epoch_losses=self.epoch_losses,
            step_losses=step_losses,
            step_params=step_params.reshape(rows),
            step_grads=step_grads.reshape(rows),
            lr=lr,
            batch_size=batch_size,
        )
