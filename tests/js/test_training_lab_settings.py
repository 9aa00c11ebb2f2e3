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


def test_an_address_keeps_only_what_differs(js):
    own = {**DEFAULTS, "axes": "w1,w2"}
    changed = {**own, "lr": 0.1, "axes": "w1,b", "clear_gradients": False}
    body = "return [m.differing(args[0], args[1]), m.differing(args[1], args[1])]"
    got, nothing = js("lab/settings.js", body, [changed, own])
    assert got == {"lr": 0.1, "axes": "w1-b", "clear_gradients": False}
    assert nothing == {}
    assert (
        js(
            "lab/settings.js",
            "return m.readSettings(...args)",
            [{key: str(value).lower() for key, value in got.items()}, own],
        )
        == changed
    )


SCAN = """
const problems = m.createProblems({ w: args.w, b: 4.2 });
const cases = [0, 1, 2, 3, 4].map((seed) => ({ ...args.settings, seed }));
const endsOf = (lr) => cases.map((one) => {
  const data = problems.of(one);
  const { trueLosses } = problems.train({ ...one, lr }, data, { record: false });
  return { loss: trueLosses.at(-1), grew: trueLosses.some((v) => !(v <= 1.2 * data.startLoss)) };
});
const scan = m.scanRates(endsOf);
for (;;) {
  const { done, value } = scan.next();
  if (done) return [value.some, value.all].map((at) => at === null ? null : m.rateAt(at));
}
"""


@pytest.mark.parametrize(
    ("changes", "some", "every"),
    [
        ({"batch_size": 1}, (0.5, 0.7), (0.5, 0.8)),
        ({"batch_size": 5}, (1.3, 1.6), (1.4, 1.8)),
        ({}, (1.5, 1.8), (1.8, 2.0)),
        ({"batch_size": 1000, "num_epochs": 20}, (1.75, 2.05), (1.9, 2.2)),
    ],
)
def test_the_scan_says_where_trouble_begins_for_this_batch_size(js, changes, some, every):
    args = {"w": [2, -3.4], "settings": {**DEFAULTS, **changes}}
    found = js("training_lab.js", SCAN, args)
    assert some[0] <= found[0] <= some[1]
    assert every[0] <= found[1] <= every[1]
    assert found[0] <= found[1]


def test_the_scan_takes_no_lucky_run_for_safety(js):
    """One seed in five grows from 1 on, but not at 1.26; all grow from 2 on."""
    body = """
    const endsOf = (lr) => [0, 1, 2, 3, 4].map((seed) => ({
      loss: 1, grew: lr >= 2 || (seed === 3 && lr >= 1 && (lr < 1.2 || lr > 1.3)),
    }));
    const scan = m.scanRates(endsOf);
    for (;;) {
      const { done, value } = scan.next();
      if (done) return [m.rateAt(value.some), m.rateAt(value.all), value.points.length];
    }"""
    assert js("lab/rate_scan.js", body) == [1, 2, 51]


@pytest.mark.parametrize("widget", [TrainingLab, MinibatchViewer])
def test_the_module_reads_the_traits_that_python_has(widget):
    """Facts that stand twice: names in the module, traits in the class."""
    esm = str(widget._esm)
    read = set(re.findall(r'model\.get\("(\w+)"\)', esm))
    listed = re.search(r"const SETTINGS = \[(.*?)\]", esm, re.DOTALL)[1]
    read |= set(re.findall(r'"(\w+)"', listed)) | ({"axes"} if widget is TrainingLab else set())
    own = {name for name in widget.class_traits(sync=True) if name in vars(widget)}
    assert read == own
