"""Killed processes: torchrun starts them anew, and nothing that a snapshot had is lost.

LINREG_KILLS=20 kills as many times in a row (the weekly run does); two otherwise.
"""

import os
import subprocess
import sys
from statistics import median

import torch
from building import ROOT
from distributed.killed import SETTINGS, data

from linreg_lib import train

KILLS = int(os.environ.get("LINREG_KILLS", "2"))
SECONDS = 10  # from a kill to the next step, where the machine has time for it


def test_a_run_that_was_killed_equals_one_that_was_not(tmp_path):
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command += ["--nproc-per-node=2", f"--max-restarts={KILLS}"]
    command += [ROOT / "tests" / "distributed" / "killed.py", tmp_path, str(KILLS)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=30 * (KILLS + 1)
    )
    assert done.returncode == 0, done.stderr[-4000:]

    log = [line.split(maxsplit=3) for line in (tmp_path / "log").read_text().splitlines()]
    killed = {int(start): float(when) for what, start, when, _ in log if what == "killed"}
    began = {int(start): float(when) for what, start, when, _ in log if what == "training"}
    assert len(killed) == KILLS
    back = [min(t for t in began.values() if t > when) - when for when in killed.values()]
    print("back after (s):", [round(seconds, 1) for seconds in back])
    assert median(back) < SECONDS and max(back) < 4 * SECONDS  # who hangs, hangs for minutes

    X, y, generator = data()
    run = train(X, y, generator=generator, **SETTINGS)
    records = torch.load(tmp_path / "run")
    for here, there in zip(
        (run.step_losses, run.step_params, run.step_grads), records, strict=True
    ):
        assert here.shape == there.shape  # no step is missing, none was made twice
        torch.testing.assert_close(here, there, rtol=0, atol=1e-10)
