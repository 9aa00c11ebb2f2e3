"""Train on synthetic data in several processes, from a shell.

    torchrun --nproc-per-node 2 -m linreg_lib.distributed --num-examples 1000000 --seed 0

The data and the steps depend on the seed alone, whatever the number of processes. Process 0 prints
w, b, the loss on all data and how many examples a second went through training.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import torch

from linreg_lib.data import synthetic_data
from linreg_lib.distributed.group import process_group
from linreg_lib.distributed.training import train

TRUE_W, TRUE_B = [2.0, -3.4], 4.2


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="torchrun --nproc-per-node N -m linreg_lib.distributed",
        description="Train linear regression on synthetic data in N processes.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--num-examples", type=int, default=1_000_000)
    parser.add_argument("--batch-size", type=int, default=1_000, help="of all processes together")
    parser.add_argument("--lr", type=float, default=0.03)
    parser.add_argument("--num-epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dtype", choices=("float32", "float64"), default="float32")
    parser.add_argument("--snapshot", type=Path, metavar="FILE", help="write, and go on from, FILE")
    parser.add_argument("--snapshot-steps", type=int, metavar="N", help="and after every N steps")
    given = parser.parse_args()
    if "RANK" not in os.environ:
        parser.error(
            "start it with torchrun, which starts the processes: "
            "torchrun --nproc-per-node 2 -m linreg_lib.distributed"
        )
    return given


def own_device() -> torch.device:
    """Give this process a GPU of its own where there are enough of them, else the CPU."""
    local = int(os.environ.get("LOCAL_RANK", "0"))
    if torch.cuda.device_count() < int(os.environ.get("LOCAL_WORLD_SIZE", "1")):
        return torch.device("cpu")
    torch.cuda.set_device(local)
    return torch.device("cuda", local)


def main() -> None:
    """Train, and let process 0 print."""
    given = options()
    device = own_device()
    with process_group("nccl" if device.type == "cuda" else "gloo") as (rank, size):
        # Everyone draws all rows and keeps its own; data that do not fit would be read in parts.
        generator = torch.Generator().manual_seed(given.seed)
        w = torch.tensor(TRUE_W, dtype=getattr(torch, given.dtype))
        features, labels = synthetic_data(w, TRUE_B, given.num_examples, generator=generator)
        own = (
            features.tensor_split(size)[rank].to(device),
            labels.tensor_split(size)[rank].to(device),
        )

        steps = []
        start = time.perf_counter()
        run = train(
            *own,
            lr=given.lr,
            num_epochs=given.num_epochs,
            batch_size=given.batch_size,
            generator=generator,
            snapshot=given.snapshot,
            snapshot_steps=given.snapshot_steps,
            on_step=lambda step: steps.append(step.step),
        )
        seconds = time.perf_counter() - start
        if rank == 0:
            per_epoch = given.num_examples / run.steps_per_epoch
            print(f"processes = {size}")
            print(f"w = {run.w.flatten().tolist()}")
            print(f"b = {run.b.item()}")
            print(f"loss = {run.epoch_losses[-1]}")
            print(f"examples per second = {len(steps) * per_epoch / seconds:.0f}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except (TypeError, ValueError) as error:  # an argument out of range: the rule, not a traceback
        sys.exit(f"{type(error).__name__}: {error}")
