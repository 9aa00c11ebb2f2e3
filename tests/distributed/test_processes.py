"""Real processes, started by torchrun: any split of the rows equals one process."""

import os
import subprocess
import sys

import pytest
import torch
from building import ROOT
from distributed.killed import SETTINGS, data
from distributed.splits import SPLITS, UPDATES, records

from linreg_lib import train

TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
ENV = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests")))}
ENV["OMP_NUM_THREADS"] = "1"


def run(*command):
    done = subprocess.run(command, env=ENV, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def of_three(tmp_path_factory):
    """What three processes found, of all splits in one start."""
    path = tmp_path_factory.mktemp("splits") / "found"
    script = ROOT / "tests" / "distributed" / "splits.py"
    code, _, stderr = run(*TORCHRUN, "--nproc-per-node=3", script, path)
    assert code == 0, stderr[-4000:]
    found = torch.load(path)
    assert found["size"] == 3
    return found


def assert_same(there, here):
    for a, b in zip(there, records(here), strict=True):
        assert a.dtype == b.dtype and a.shape == b.shape
        torch.testing.assert_close(a, b, rtol=0, atol=1e-10)


@pytest.mark.parametrize("update", UPDATES)
@pytest.mark.parametrize("split", SPLITS)
def test_every_split_equals_one_process(of_three, split, update):
    X, y, generator = data()
    one = train(X, y, generator=generator, update=UPDATES[update], **SETTINGS)
    assert_same(of_three["found"][split, update], one)


def test_the_global_generator_is_that_of_process_0(of_three):
    X, y, _ = data()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        one = train(X, y, **SETTINGS)
    assert_same(of_three["found"]["global generator"], one)


def test_parameters_are_those_of_process_0(of_three):
    X, y, generator = data()
    w, b = torch.zeros(2, 1).double(), torch.zeros(1).double()
    w, b = w.requires_grad_(), b.requires_grad_()
    assert_same(of_three["found"]["given"], train(X, y, w=w, b=b, generator=generator, **SETTINGS))


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        ("lr", "lr must be the same on every process; got 0.1 on process 0 and 1.1 on process 1."),
        ("nan", "process 1 refused its arguments: features must be finite; got nan or inf in"),
        ("generator", "the generator's state must be the same on every process; got"),
        ("no row", "the processes must hold at least one row together; got none."),
    ],
)
def test_the_mistake_of_one_is_refused_by_all(of_three, mistake, message):
    assert of_three["refused"][mistake].startswith(message)


def test_the_command_prints_the_same_whatever_the_number_of_processes():
    options = [
        "--num-examples=10001",
        "--seed=5",
        "--dtype=float64",
        "--batch-size=100",
        "--lr=0.1",
    ]
    told = []
    for number in (1, 2):
        code, stdout, stderr = run(
            *TORCHRUN, f"--nproc-per-node={number}", "-m", "linreg_lib.distributed", *options
        )
        assert code == 0, stderr[-4000:]
        told.append(dict(line.split(" = ") for line in stdout.splitlines()))
    for name in ("w", "b", "loss"):
        one, two = (torch.tensor(eval(t[name]), dtype=torch.float64) for t in told)
        torch.testing.assert_close(one, two, rtol=0, atol=1e-12)
    assert abs(float(told[0]["b"]) - 4.2) < 0.01
    assert all(float(t["examples per second"]) > 0 for t in told)


def test_outside_torchrun_the_command_says_how_to_start_it():
    code, stdout, stderr = run(sys.executable, "-m", "linreg_lib.distributed")
    assert code == 2 and stdout == ""
    assert "start it with torchrun" in stderr and "Traceback" not in stderr
