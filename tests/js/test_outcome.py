"""What the lab says became of a run."""

import pytest

from linreg_lib.widgets.training_lab import DEFAULTS, PRESETS, TRUE_B, TRUE_W

KIND = """
const data = m.problem(args.seed, args.num_examples);
const labels = m.labelsOf(data, { w: args.true_w, b: args.true_b }, args.noise_std);
const bowl = m.surface(data.x, labels);
const run = m.train({
  features: data.x, labels, start: data.start,
  orders: Array.from({ length: args.num_epochs }, (_, e) => data.order(e)),
  lr: args.lr, batchSize: args.batch_size, clear: args.clear_gradients,
  divide: args.divide_by_batch_size, reshape: args.reshape_labels,
  update: args.update,
});
return m.outcome(run, bowl.floor, bowl.loss([...data.start, 0]));
"""


def outcome(js, **settings):
    case = {**DEFAULTS, **settings, "true_w": TRUE_W, "true_b": TRUE_B}
    return js("training_lab.js", KIND, case)


@pytest.mark.parametrize(
    ("preset", "kind"),
    [
        ("default", "converged"),
        ("too-small", "falling"),
        ("border", "wobbling"),
        ("too-large", "grew"),
        ("diverging", "diverged"),
        ("full-batch", "converged"),
        ("one-example", "converged"),
        ("forgotten-gradients", "wobbling"),
        ("no-division", "converged"),
        ("no-division-large-batch", "grew"),
        ("broadcast", "stuck"),
        ("rebound", "unchanged"),
        ("noisy", "converged"),
    ],
)
def test_the_presets_do_what_their_names_say(js, preset, kind):
    assert outcome(js, **PRESETS[preset])["kind"] == kind


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ({"lr": 1e-4}, "falling"),
        ({"lr": 1e-4, "num_epochs": 1, "batch_size": 1000}, "falling"),
        ({"lr": 1.85, "num_epochs": 20, "batch_size": 1000}, "grew"),
        ({"noise_std": 0.0, "num_epochs": 20}, "converged"),
    ],
)
def test_other_settings(js, settings, kind):
    assert outcome(js, **settings)["kind"] == kind


def test_divergence_names_its_steps(js):
    found = outcome(js, lr=10.0)
    assert found["overflow"] < found["nan"] < 60
