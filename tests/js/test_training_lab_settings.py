"""The lab's learning-rate scale, and settings read from an address."""

import re

import pytest

from linreg_lib.widgets import MinibatchViewer, TrainingLab
from linreg_lib.widgets.training_lab import DEFAULTS, PRESETS


def test_every_key_press_gives_another_round_rate(js):
    positions = list(range(-400, 101))
    rates = js("training_lab.js", "return args.map(m.rateAt)", positions)
    assert rates == sorted(set(rates))
    assert (rates[0], rates[-1]) == (1e-4, 10)
    for position, rate in zip(positions, rates, strict=True):
        assert rate == pytest.approx(10 ** (position / 100), rel=0.012)
    assert {changes["lr"] for changes in PRESETS.values() if "lr" in changes} <= set(rates)
    assert {0.03, 0.18, 0.19, 1.5} <= set(rates)


@pytest.mark.parametrize(
    ("texts", "changes"),
    [
        ({}, {}),
        ({"lr": "0.1", "seed": "7"}, {"lr": 0.1, "seed": 7}),
        (
            {"lr": "1e9", "batch_size": "0", "num_epochs": "2.4"},
            {"lr": 10, "batch_size": 1, "num_epochs": 2},
        ),
        ({"lr": "", "noise_std": "x", "update": "toString"}, {}),
        ({"clear_gradients": "false", "reshape_labels": "no"}, {"clear_gradients": False}),
        ({"axes": "w1-b"}, {"axes": "w1,b"}),
    ],
)
def test_settings_from_an_address(js, texts, changes):
    fallback = {**DEFAULTS, "axes": "w1,w2"}
    got = js("training_lab.js", "return m.readSettings(...args)", [texts, fallback])
    assert got == {**fallback, **changes}


@pytest.mark.parametrize("widget", [TrainingLab, MinibatchViewer])
def test_the_module_reads_the_traits_that_python_has(widget):
    """Facts that stand twice: names in the module, traits in the class."""
    esm = str(widget._esm)
    read = set(re.findall(r'model\.get\("(\w+)"\)', esm))
    listed = re.search(r"const SETTINGS = \[(.*?)\]", esm, re.DOTALL)[1]
    read |= set(re.findall(r'"(\w+)"', listed)) | ({"axes"} if widget is TrainingLab else set())
    own = {name for name in widget.class_traits(sync=True) if name in vars(widget)}
    assert read == own
