"""A group of one process, here: training, snapshots, and what is refused."""

import json
import os
import re
import socket

import pytest
import torch
import torch.distributed as dist
from distributed.splits import friction, records

from linreg_lib import distributed, init_params, synthetic_data, train
from linreg_lib.distributed import __main__ as command
from linreg_lib.distributed import snapshot as snapshots

SETTINGS = {"lr": 0.03, "batch_size": 7, "num_epochs": 3}


@pytest.fixture
def group():
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    yield
    dist.destroy_process_group()


def data(seeded, n=40, dtype=torch.float64, device="cpu"):
    w = torch.tensor([2.0, -3.4], dtype=dtype, device=device)
    return synthetic_data(w, 4.2, n, generator=seeded(1))


def assert_same(one, other):
    for a, b in zip(records(one), records(other), strict=True):
        assert torch.equal(a, b)


class Crash(Exception):
    pass


def crash_at(step):
    def on_step(now):
        if now.step == step:
            raise Crash

    return on_step


def test_one_process_makes_the_very_same_steps(group, seeded, dtype, device):
    X, y = data(seeded, dtype=dtype, device=device)
    here = train(X, y, generator=seeded(2), **SETTINGS)
    there = distributed.train(X, y, generator=seeded(2), **SETTINGS)
    assert there.w.device.type == device.type and there.w.dtype == dtype
    assert there.lr == here.lr and there.batch_size == here.batch_size
    for a, b in zip(records(here), records(there), strict=True):
        torch.testing.assert_close(a, b)


@pytest.mark.parametrize("step", [0, 3, 4, 5, 6, 11, 17])  # 6 steps an epoch, 18 in all
@pytest.mark.parametrize("every", [None, 2])
def test_a_resumed_run_equals_the_run_that_never_fell(group, seeded, tmp_path, step, every):
    X, y = data(seeded)
    options = {**SETTINGS, "update": friction, "snapshot_steps": every}
    whole = distributed.train(X, y, generator=seeded(2), **options)
    options["snapshot"] = tmp_path / "run"
    with pytest.raises(Crash):
        distributed.train(X, y, generator=seeded(2), on_step=crash_at(step), **options)
    made = []
    generator = seeded(99)  # its state comes out of the snapshot, where there is one
    generator = generator if (tmp_path / "run").exists() else seeded(2)
    resumed = distributed.train(
        X, y, generator=generator, on_step=lambda now: made.append(now.step), **options
    )
    assert_same(whole, resumed)
    kept = step // 6 * 6 if every is None else max(step // 6 * 6, step - step % 6 % 2)
    assert made == list(range(kept, 18))


@pytest.mark.parametrize("moment", ["torch.save", "os.fsync", "os.replace"])
def test_a_crash_while_writing_leaves_the_snapshot_before(
    group, seeded, tmp_path, monkeypatch, moment
):
    X, y = data(seeded)
    path = tmp_path / "run"
    once = {**SETTINGS, "num_epochs": 1}
    distributed.train(X, y, generator=seeded(2), snapshot=path, **once)
    before = path.read_bytes()

    def fall(*args, **options):
        if moment == "torch.save":  # half of it is on the disk
            args[1].write(before[: len(before) // 2])
        raise Crash

    monkeypatch.setattr(moment, fall)
    with pytest.raises(Crash):
        distributed.train(X, y, generator=seeded(2), snapshot=path, **SETTINGS)
    monkeypatch.undo()
    assert path.read_bytes() == before
    resumed = distributed.train(X, y, generator=seeded(2), snapshot=path, **SETTINGS)
    assert_same(resumed, distributed.train(X, y, generator=seeded(2), **SETTINGS))
    assert os.listdir(tmp_path) == ["run"]


def test_the_snapshot_is_on_the_disk_before_it_takes_its_name(tmp_path, monkeypatch):
    done = []
    monkeypatch.setattr(os, "fsync", lambda number: done.append("fsync"))
    rename = os.replace
    monkeypatch.setattr(os, "replace", lambda *names: (done.append("replace"), rename(*names)))
    snapshots.replace(tmp_path / "run", {"epoch": 1})
    assert done[:2] == ["fsync", "replace"]
    assert torch.load(tmp_path / "run") == {"epoch": 1}


def test_a_finished_run_is_given_back_and_can_go_on(group, seeded, tmp_path):
    X, y = data(seeded)
    options = {"generator": seeded(2), "snapshot": tmp_path / "run"}
    first = distributed.train(X, y, **SETTINGS, **options)
    again = distributed.train(X, y, on_step=crash_at(0), **SETTINGS, **options)
    assert_same(first, again)
    longer = distributed.train(X, y, **{**SETTINGS, "num_epochs": 5}, **options)
    whole = train(X, y, generator=seeded(2), **{**SETTINGS, "num_epochs": 5})
    assert_same(longer, whole)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"lr": 0.1}, "lr must be that of the run in the snapshot, 0.03; got 0.1. Give the same"),
        ({"batch_size": 8}, "batch_size must be that of the run in the snapshot, 7; got 8."),
        ({"num_epochs": 1}, "num_epochs must be at least what the snapshot holds, 3; got 1."),
    ],
)
def test_a_snapshot_of_another_run_is_refused(group, seeded, tmp_path, changed, message):
    X, y = data(seeded)
    distributed.train(X, y, snapshot=tmp_path / "run", **SETTINGS)
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        distributed.train(X, y, snapshot=tmp_path / "run", **{**SETTINGS, **changed})


def test_other_data_than_the_snapshot_s_are_refused(group, seeded, tmp_path):
    X, y = data(seeded)
    distributed.train(X, y, snapshot=tmp_path / "run", **SETTINGS)
    with pytest.raises(ValueError, match="the number of examples must be that of the run"):
        distributed.train(X[1:], y[1:], snapshot=tmp_path / "run", **SETTINGS)


def test_without_a_group_training_says_how_to_begin(seeded):
    with pytest.raises(RuntimeError, match=r"needs a process group; got none\. Write `with"):
        distributed.train(*data(seeded))


def test_a_group_outside_torchrun_says_how_to_start(monkeypatch):
    for name in ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"):
        monkeypatch.delenv(name, raising=False)
    with (
        pytest.raises(RuntimeError, match="Start the program with torchrun"),
        distributed.process_group(),
    ):
        pass


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"features": torch.ones(40)}, ValueError, "features must have shape"),
        ({"features": [[1.0]]}, TypeError, "features must be a tensor"),
        ({"labels": torch.ones(39, 1)}, ValueError, "must have the same length"),
        ({"lr": 0}, ValueError, "lr must be finite and > 0"),
        ({"batch_size": 1.5}, TypeError, "batch_size must be an integer"),
        ({"generator": 3}, TypeError, "generator must be a torch.Generator"),
        ({"update": 3}, TypeError, "update must be a function"),
        ({"on_step": 3}, TypeError, "on_step must be a function"),
        ({"snapshot_steps": 0}, ValueError, "snapshot_steps must be at least 1"),
        ({"w": init_params(2)[0]}, ValueError, "w and b must be given together"),
    ],
)
def test_what_train_refuses_is_refused(group, seeded, change, error, message):
    X, y = data(seeded)
    with pytest.raises(error, match=message):
        distributed.train(**{"features": X, "labels": y, **change})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def as_started(monkeypatch):
    """The environment of the one process that torchrun --nproc-per-node 1 starts."""
    where = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": free_port()}
    for name, value in {"RANK": 0, "LOCAL_RANK": 0, "WORLD_SIZE": 1, **where}.items():
        monkeypatch.setenv(name, str(value))


def test_the_command_trains_and_goes_on_from_its_snapshot(
    as_started, monkeypatch, capsys, tmp_path
):
    options = ["--num-examples=200", "--batch-size=10", "--seed=4", "--dtype=float64"]
    options += [f"--snapshot={tmp_path / 'run'}"]
    told = []
    for epochs in (1, 3):
        monkeypatch.setattr("sys.argv", ["-m", *options, f"--num-epochs={epochs}"])
        command.main()
        told.append(dict(line.split(" = ") for line in capsys.readouterr().out.splitlines()))
    generator = torch.Generator().manual_seed(4)
    w = torch.tensor([2.0, -3.4], dtype=torch.float64)
    X, y = synthetic_data(w, 4.2, 200, generator=generator)
    run = train(X, y, generator=generator, num_epochs=3)
    assert told[1]["processes"] == "1"
    assert json.loads(told[1]["w"]) == pytest.approx(run.w.flatten().tolist(), abs=1e-12)
    assert float(told[1]["b"]) == pytest.approx(run.b.item(), abs=1e-12)
    assert float(told[1]["loss"]) == pytest.approx(run.epoch_losses[-1], rel=1e-9)
    assert float(told[1]["loss"]) < float(told[0]["loss"])


def test_a_bar_shows_the_steps_that_are_left(group, seeded, capsys):
    X, y = data(seeded)
    distributed.train(X, y, progress=True, **SETTINGS)
    assert "18/18" in capsys.readouterr().err
