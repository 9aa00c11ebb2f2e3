"""The training loop of several processes: `linreg_lib.train`, and one sum a step."""

import os
from collections.abc import Callable
from contextlib import nullcontext
from hashlib import sha256
from itertools import islice
from math import ceil

import torch
import torch.distributed as dist
from torch import Tensor

from linreg_lib._arguments import (
    check_callables,
    check_count,
    check_generator,
    check_number,
    check_params,
)
from linreg_lib._record import Record, Step, TrainingRun
from linreg_lib.distributed.group import all_agree
from linreg_lib.distributed.rows import check_rows, own_batches
from linreg_lib.distributed.snapshot import Snapshots
from linreg_lib.loss import squared_loss
from linreg_lib.model import init_params, linreg
from linreg_lib.sgd import sgd
from linreg_lib.training import progress_bar


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
    snapshot: str | os.PathLike | None = None,
    snapshot_steps: int | None = None,
) -> TrainingRun:
    """Train as `linreg_lib.train` does on the rows of all processes together.

    Every process of the group calls it, each with its own rows. They all make the same steps, those
    that one process would make on the concatenated rows, to rounding.

    Args:
        features: (n, d), labels: (n, 1) or (n,): the rows of this process, in the order of the
            ranks; n may differ from process to process, and be 0 for some.
        lr, num_epochs, net, loss, update: as for `linreg_lib.train`; the same for all. `update` is
            given gradients summed over the whole minibatch, and its number of examples.
        batch_size: examples in a minibatch of all processes together.
        w: weights (d, 1), b: bias (1,); the values of process 0 count.
        generator: the same on each process and in the same state; None for PyTorch's global one,
            which takes the state of process 0's.
        on_step: called with a `Step` after every update; its X and y are the rows held here.
        progress: show a progress bar, on process 0.
        snapshot: a file that process 0 writes after each epoch. Where it is there already, the run
            goes on from it, with any number of processes; an `update` that remembers anything
            besides the gradients starts anew.
        snapshot_steps: write after so many steps of an epoch, too.

    Returns:
        A `TrainingRun` of all rows, the same on every process.

    Raises:
        RuntimeError: without a process group.
        TypeError, ValueError: for arguments out of range, on any process, and for what must be the
            same and is not: then on every process, before anything is drawn or trained.
    """

    def facts() -> dict:
        """Check the arguments of this process; give what the processes compare."""
        check_rows(features, labels)
        check_params(w, b, features)
        check_generator(generator)
        check_callables(net=net, loss=loss, update=update)
        if on_step is not None:
            check_callables(on_step=on_step)
        if snapshot_steps is not None:
            check_count("snapshot_steps", snapshot_steps, example=1000)
        return {
            "lr": check_number("lr", lr, example="0.03", above_zero=True),
            "num_epochs": check_count("num_epochs", num_epochs, example=3),
            "batch_size": check_count("batch_size", batch_size, example=10),
            "the number of features": features.shape[1],
            "the dtype": features.dtype,
            "the kind of device": features.device.type,
            "the parameters": "given" if w is not None else "to be drawn",
            "the generator's state": generator and _digest(generator),
            "the use of a snapshot": snapshot is not None,
            "_rows": len(features),
        }

    everyone = all_agree(facts)
    lr, num_epochs, batch_size = (everyone[0][name] for name in ("lr", "num_epochs", "batch_size"))
    rows = [answer["_rows"] for answer in everyone]
    first, num_rows = sum(rows[: dist.get_rank()]), sum(rows)
    if num_rows == 0:
        raise ValueError("the processes must hold at least one row together; got none.")

    source = _shared_source(generator, features.device)
    if w is None:
        like = {"dtype": features.dtype, "device": features.device}
        w, b = init_params(features.shape[1], generator=source, **like)
    for param in (w, b):
        dist.broadcast(param.detach(), src=0)
        param.grad = torch.zeros_like(param)

    record = Record(w, b)
    settings = {
        "lr": lr,
        "batch_size": batch_size,
        "the number of examples": num_rows,
        "the number of features": features.shape[1],
        "the dtype": str(features.dtype),
    }
    snapshots = Snapshots(snapshot, settings, record, source)
    begun, skip = snapshots.resume()
    if begun > num_epochs:
        raise ValueError(
            f"num_epochs must be at least what the snapshot holds, {begun}; got {num_epochs}. "
            "Give more epochs, or another file."
        )
    num_steps = num_epochs * ceil(num_rows / batch_size) - len(record.losses)
    shown = progress and dist.get_rank() == 0
    with progress_bar(num_steps) if shown else nullcontext() as bar:
        for epoch in range(begun, num_epochs):
            snapshots.begin_epoch(epoch)
            batches = own_batches(
                batch_size, features, labels, first=first, num_rows=num_rows, generator=source
            )
            for step, (X, y, size) in enumerate(islice(batches, skip, None), start=skip + 1):
                mean_loss = _add_gradients(loss, net, X, y, w, b) / size
                record.slope(mean_loss)
                update([w, b], lr, size)
                record.step()
                if on_step is not None:
                    on_step(Step(epoch, len(record.losses) - 1, mean_loss, w, b, X, y))
                if snapshot_steps is not None and step % snapshot_steps == 0:
                    snapshots.write(step)
                if bar is not None:
                    bar.update()
            skip = 0
            with torch.no_grad():
                total = _total(loss, net, features, labels, w, b)
                dist.all_reduce(total)
                record.epoch(total / num_rows)
            snapshots.end_epoch()
    return record.run(lr, batch_size)


def _add_gradients(loss, net, X, y, w, b) -> float:
    """Add the gradients of all processes' rows to `.grad`; give the sum of their losses.

    They are summed before they are added: what `.grad` holds already is in every process's.
    """
    total = _total(loss, net, X, y, w, b)
    if len(X):
        grads = torch.autograd.grad(total, [w, b], allow_unused=True, materialize_grads=True)
    else:
        grads = torch.zeros_like(w), torch.zeros_like(b)
    # One message a step: the time of a message hardly depends on its length.
    numbers = torch.cat([grads[0].flatten(), grads[1].flatten(), total.detach().reshape(1)])
    dist.all_reduce(numbers)
    for param, grad in ((w, numbers[:-2]), (b, numbers[-2:-1])):
        grad = grad.reshape(param.shape)
        param.grad = grad if param.grad is None else param.grad.add_(grad)
    return numbers[-1].item()


def _total(loss, net, X, y, w, b) -> Tensor:
    """Sum the losses of these rows; of no row, zero."""
    return loss(net(X, w, b), y).sum() if len(X) else w.new_zeros(())


def _shared_source(generator: torch.Generator | None, device: torch.device) -> torch.Generator:
    """Give the generator; PyTorch's own, where there is none, in the state of process 0's."""
    if generator is not None:
        return generator
    own = torch.default_generator
    if device.type == "cuda":
        own = torch.cuda.default_generators[device.index or 0]
    state = [own.get_state()]
    dist.broadcast_object_list(state)
    own.set_state(state[0])
    return own


def _digest(generator: torch.Generator) -> str:
    """Name a generator's state in a few letters."""
    return sha256(generator.get_state().numpy().tobytes()).hexdigest()[:8]
