"""Train under torchrun, and be killed: `killed.py FOLDER KILLS`, for the tests beside it.

Each start but the last is killed: a process, and a moment, drawn with the start's number as seed.
Process 0 of the last start leaves the run, to be compared with one that was never killed.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

import torch

from linreg_lib import distributed, synthetic_data

SETTINGS = {"lr": 0.03, "num_epochs": 4, "batch_size": 7}
MOMENTS = ("before joining", "in a step", "in a step", "while writing", "after writing")


def data():
    generator = torch.Generator().manual_seed(3)
    w = torch.tensor([2.0, -3.4], dtype=torch.float64)
    return *synthetic_data(w, 4.2, 1000, generator=generator), generator


def main(folder, kills):
    rank, start = int(os.environ["RANK"]), int(os.environ["TORCHELASTIC_RESTART_COUNT"])
    draw = random.Random(start)
    victim, moment, step = draw.randrange(2), draw.choice(MOMENTS), draw.randrange(1, 20)
    if moment in ("while writing", "after writing"):
        victim = 0  # the one that writes

    def note(*words):
        with open(folder / "log", "a") as log:
            print(*words, file=log)

    def die(now):
        if start < kills and rank == victim and moment == now:
            note("killed", start, time.time(), moment)
            os.kill(os.getpid(), signal.SIGKILL)

    rename = os.replace

    def replace(old, new):
        die("while writing")
        rename(old, new)
        die("after writing")

    os.replace = replace
    steps = []

    def on_step(now):
        if not steps and rank == 0:
            note("training", start, time.time(), now.step)
        steps.append(now.step)
        if len(steps) == step:
            die("in a step")

    die("before joining")
    with distributed.process_group():
        X, y, generator = data()
        own = slice(None, 700) if rank == 0 else slice(700, None)
        snapshot = {"snapshot": folder / "snapshot", "snapshot_steps": 10}
        run = distributed.train(
            X[own], y[own], generator=generator, on_step=on_step, **SETTINGS, **snapshot
        )
        if rank == 0:
            torch.save([run.step_losses, run.step_params, run.step_grads], folder / "run")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
