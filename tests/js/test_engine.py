"""The browser's engine against PyTorch: the same numbers, step by step."""

import base64
import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linreg_lib.widgets.training_lab import (
    DEFAULTS,
    PRESETS,
    TRUE_B,
    TRUE_W,
    LabData,
    train_with,
)

# The engine is called once for many cases: arrays come back as base64 of float32, since JSON knows
# neither nan nor inf.
RUN = """
const b64 = (a) => {
  const bytes = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096)
    text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(text);
};
return args.map((c) => {
  const p = m.problem(c.seed, c.num_examples, c.true_w.length, c.X);
  const truth = { w: c.true_w, b: c.true_b };
  const labels = c.y ? Float32Array.from(c.y) : m.labelsOf(p, truth, c.noise_std);
  const run = m.train({
    features: p.x, labels, start: p.start, single: c.true_w.length === 1,
    orders: Array.from({ length: c.num_epochs }, (_, e) => p.order(e)),
    lr: c.lr, batchSize: c.batch_size, clear: c.clear_gradients, divide: c.divide_by_batch_size,
    reshape: c.reshape_labels, update: c.update,
  });
  return {
    losses: b64(run.losses), params: b64(run.params), grads: b64(run.grads),
    epochLosses: b64(Float32Array.from(run.epochLosses)),
    trueLosses: b64(Float32Array.from(run.trueLosses)),
  };
});
"""


def engine(js, cases, num_features=2, **data):
    truth = {"true_w": TRUE_W[:num_features], "true_b": TRUE_B}
    cases = [{**case, **truth, **data} for case in cases]
    return [
        {k: np.frombuffer(base64.b64decode(v), np.float32) for k, v in run.items()}
        for run in js("training_lab.js", RUN, cases)
    ]


CASE = st.fixed_dictionaries(
    {
        "lr": st.floats(-4, 1).map(lambda e: 10**e),
        "batch_size": st.one_of(st.integers(1, 20), st.integers(1, 120)),
        "num_epochs": st.integers(1, 4),
        "num_examples": st.integers(10, 120),
        "noise_std": st.sampled_from([0.0, 0.01, 0.1, 1.0]),
        "seed": st.integers(0, 2**32 - 1),
        "clear_gradients": st.booleans(),
        "divide_by_batch_size": st.booleans(),
        "reshape_labels": st.booleans(),
        "update": st.sampled_from(["inplace", "inplace", "inplace", "rebind", "momentum", "adam"]),
    }
)


def pytorch(case, num_features=2, data=None):
    run, true_losses = train_with(case, num_features, data)
    if num_features == 1:  # the engine always counts w1, w2, b
        run = replace(
            run, **{k: with_zeros(getattr(run, k)) for k in ("step_params", "step_grads")}
        )
    return {
        "losses": run.step_losses.numpy(),
        "params": run.step_params.numpy().reshape(-1),
        "grads": run.step_grads.numpy().reshape(-1),
        "epochLosses": np.array(run.epoch_losses),
        "trueLosses": np.array(true_losses),
    }


def with_zeros(records):
    return torch.cat([records[:, :1], torch.zeros(len(records), 1), records[:, 1:]], dim=1)


def first(bad):
    return int(np.argmax(bad)) if bad.any() else math.inf


def compare(case, ours, num_features=2, data=None):
    """Hold one run of the engine against PyTorch's."""
    theirs = pytorch(case, num_features, data)
    mine, right = (run["params"].reshape(-1, 3) for run in (ours, theirs))
    assert mine.shape == right.shape
    # The size of the parameters so far: in a run that grows, errors grow with it, and faster.
    scale = np.maximum.accumulate(np.maximum(np.abs(right).max(1), 1))
    finite = np.isfinite(scale)
    stable = bool(scale[-1] < 50)  # never left the neighborhood of start and goal
    error = np.abs(mine[finite] - right[finite]).max(1, initial=0) / scale[finite]
    assert error.max(initial=0) < (1e-4 if stable else 1e-2), case
    if stable:
        assert np.median(error) < 1e-5, case
    if finite.all():
        for key in ("epochLosses", "trueLosses"):
            assert ours[key] == pytest.approx(
                theirs[key], rel=1e-3 if stable else 0.02, abs=1e-9
            ), (key, case)
        error = np.abs(ours["grads"] - theirs["grads"]).max()
        limit = (1e-4 if stable else 1e-2) * max(1, np.abs(theirs["grads"]).max())
        assert error <= limit, case
    overflow = [first(~np.isfinite(run["losses"])) for run in (ours, theirs)]
    nan = [first(np.isnan(params).any(1)) for params in (mine, right)]
    for a, b in (overflow, nan):
        assert a == b or abs(a - b) <= 2, (overflow, nan, case)
    return stable


def test_engine_agrees_with_pytorch_over_random_settings(js):
    drawn = []

    @settings(
        max_examples=250,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(CASE)
    def draw(case):
        drawn.append(case)

    draw()
    stable = [compare(case, ours) for case, ours in zip(drawn, engine(js, drawn), strict=True)]
    assert 0.3 < np.mean(stable) < 0.9  # both kinds were tried


def test_engine_agrees_with_pytorch_on_every_preset(js):
    cases = [{**DEFAULTS, **changes} for changes in PRESETS.values()]
    for case, ours in zip(cases, engine(js, cases), strict=True):
        compare(case, ours)


def test_engine_agrees_with_pytorch_on_one_feature(js):
    changes = [{"lr": lr, "noise_std": 1.0, "num_examples": 60} for lr in (0.1, 1.5, 2.5, 10)]
    cases = [{**DEFAULTS, "num_epochs": 8, **one} for one in changes]
    cases += [{**case, "reshape_labels": False} for case in cases]
    for case, ours in zip(cases, engine(js, cases, 1), strict=True):
        compare(case, ours, 1)


def test_engine_agrees_with_pytorch_on_data_of_ones_own(js):
    generator = torch.Generator().manual_seed(0)
    X = torch.randn(50, 2, generator=generator)
    y = 3 * X[:, :1] + 7 + torch.randn(50, 1, generator=generator)
    data = LabData(X, y, ("one", "two"), "three", "m").checked()
    changes = [{}, {"lr": 0.5, "update": "adam"}, {"reshape_labels": False}, {"lr": 5.0}]
    cases = [{**DEFAULTS, "num_examples": 50, "seed": k, **one} for k, one in enumerate(changes)]
    lists = {"X": data.X.flatten().tolist(), "y": data.y.flatten().tolist()}
    for case, ours in zip(cases, engine(js, cases, **lists), strict=True):
        compare(case, ours, data=data)
