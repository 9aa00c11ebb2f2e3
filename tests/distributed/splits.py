"""Run under torchrun by the tests beside it: every split of the rows, in one start.

Process 0 leaves what each split gave, as a dict of TrainingRun's records, in the file named.
"""

import sys
import warnings

import torch
from distributed.killed import SETTINGS, data

from linreg_lib import distributed, sgd

SPLITS = {
    "even": [334, 333, 333],
    "uneven": [990, 7, 3],
    "first empty": [0, 400, 600],
    "two empty": [0, 1000, 0],
}


def friction(params, lr, batch_size):
    """Momentum by hand: the gradients fade instead of being cleared."""
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.mul_(0.5)


UPDATES = {"sgd": sgd, "friction": friction}


def records(run):
    return [run.step_losses, run.step_params, run.step_grads, torch.tensor(run.epoch_losses)]


def refusal(call):
    try:
        call()
    except (TypeError, ValueError) as error:
        return str(error)


def main(path):
    with distributed.process_group() as (rank, size):
        X, y, generator = data()
        begin, found, refused = generator.get_state(), {}, {}
        for split, lengths in SPLITS.items():
            own = X.split(lengths)[rank], y.split(lengths)[rank]
            for name, update in UPDATES.items():
                generator.set_state(begin)
                run = distributed.train(*own, generator=generator, update=update, **SETTINGS)
                found[split, name] = records(run)
        torch.manual_seed(rank)  # the global generators differ: process 0's counts
        found["global generator"] = records(distributed.train(*own, **SETTINGS))
        w, b = torch.full((2, 1), float(rank)).double(), torch.full((1,), float(rank)).double()
        w, b = w.requires_grad_(), b.requires_grad_()
        generator.set_state(begin)
        found["given"] = records(distributed.train(*own, w=w, b=b, generator=generator, **SETTINGS))
        assert w.grad is not None

        # One process's mistake is refused by all: none is left waiting.
        refused["lr"] = refusal(lambda: distributed.train(*own, lr=0.1 + rank))
        bad = own[0].clone().fill_(torch.nan) if rank == 1 else own[0]
        refused["nan"] = refusal(lambda: distributed.train(bad, own[1]))
        seeded = torch.Generator().manual_seed(rank)
        refused["generator"] = refusal(lambda: distributed.train(*own, generator=seeded))
        none = own[0][:0], own[1][:0]
        refused["no row"] = refusal(lambda: distributed.train(*none))
        if rank == 0:
            torch.save({"found": found, "refused": refused, "size": size}, path)


if __name__ == "__main__":
    warnings.simplefilter("error")
    main(sys.argv[1])
