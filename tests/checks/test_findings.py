"""check_training_step: what it says, when it looks, and what it refuses."""

import itertools
import time

import numpy as np
import pytest
import torch
from step_programs import data, leaves
from torch import nn

from linreg_lib.checks import Finding, check_training_step
from linreg_lib.pitfalls import PITFALLS


def descent(lr):
    def step(params, X, y):
        w, b = params
        ((X @ w + b - y) ** 2 / 2).mean().backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
                p.grad.zero_()

    return step


def test_the_border_of_the_learning_rate_is_two_over_the_largest_curvature():
    X, y = data(200)
    design = torch.cat([X, torch.ones(200, 1)], dim=1).double()
    curvature = torch.linalg.eigvalsh(design.T @ design / 200)[-1].item()
    assert not check_training_step(descent(1.98 / curvature), leaves(), X, y)
    (finding,) = check_training_step(descent(2.02 / curvature), leaves(), X, y)
    assert finding.pitfall == "lr-too-large"
    assert "2.02" in finding.message


def test_the_message_names_the_parameter():
    def step(params, X, y):
        w, b = params
        ((X @ w + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
            b = b - 0.1 * b.grad
        w.grad = params[1].grad = None

    (finding,) = check_training_step(step, leaves(), *data())
    assert finding.pitfall == "rebind-loop-variable"
    assert "params[1]" in finding.message
    assert finding.address == PITFALLS["rebind-loop-variable"].address
    assert finding.address in str(finding)


def test_a_frozen_parameter_is_no_finding():
    w, b = leaves()
    b.requires_grad_(False)

    def step(params, X, y):
        w, b = params
        ((X @ w + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
            w.grad.zero_()

    assert check_training_step(step, [w, b], *data()) == []


def test_parameters_without_gradients_are_named_where_the_step_fails_or_stands_still():
    params = [p * 1.0 for p in leaves()]
    found = check_training_step(lambda *_: 1 / 0, params, *data())
    assert {f.pitfall for f in found} == {"not-a-leaf"}
    found = check_training_step(lambda *_: 1 / 0, [torch.zeros(2, 1)], *data())
    assert {f.pitfall for f in found} == {"requires-grad-missing"}
    found = check_training_step(lambda *_: None, [torch.zeros(2, 1)], *data())
    assert {f.pitfall for f in found} == {"requires-grad-missing"}


def test_a_parameter_that_the_update_leaves_out_is_named():
    w, b = leaves()

    def step(params, X, y):
        ((X @ w + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w.sub_(0.1 * w.grad)
        w.grad = b.grad = None

    (finding,) = check_training_step(step, [w, b], *data())
    assert finding.pitfall == "parameter-not-in-optimizer"
    assert "params[1]" in finding.message
    assert "params[0]" not in finding.message
    assert (w == 0).all()
    assert w.grad is None


def test_an_error_of_the_step_passes_through_with_a_hint():
    def step(params, X, y):
        w, b = params
        ((X @ w + b - y) ** 2).backward()

    with pytest.raises(RuntimeError, match="only for scalar outputs") as caught:
        check_training_step(step, leaves(), *data())
    assert "non-scalar-backward.html" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"params": torch.zeros(2, 1)}, TypeError, r"list of tensors or a module.*Write \[w, b\]"),
        ({"params": []}, ValueError, r"at least one tensor; got none. Write \[w, b\]"),
        ({"params": nn.ReLU()}, ValueError, "at least one tensor; got none"),
        ({"params": np.zeros(2)}, TypeError, "got ndarray.*torch.from_numpy"),
        ({"params": [np.zeros(2)]}, TypeError, "got ndarray"),
        ({"params": None}, TypeError, "got NoneType"),
        (
            {"X": np.zeros((25, 2))},
            TypeError,
            "X must be a tensor.*ndarray. Write torch.tensor",
        ),
        ({"y": [1.0] * 25}, TypeError, "y must be a tensor.*got list"),
        ({"y": torch.tensor(1.0)}, TypeError, "y must be a tensor.*no dimension"),
        ({"y": torch.zeros(24)}, ValueError, "same length; got 25 and 24. Give each"),
        ({"X": torch.zeros(0, 2), "y": torch.zeros(0)}, ValueError, "at least one example"),
        ({"batch_size": 0}, ValueError, "between 1 and 25; got 0. Write batch_size="),
        ({"batch_size": 26}, ValueError, "between 1 and 25; got 26"),
        ({"batch_size": 2.5}, TypeError, "batch_size must be an integer; got 2.5"),
        ({"generator": 3}, TypeError, "generator must be a torch.Generator"),
        ({"time_limit": 0}, ValueError, "time_limit must be finite and > 0; got 0"),
        ({"step": 3}, TypeError, "step must be a function.*got 3. Write its name without"),
        ({"step": nn.Linear(2, 1)}, TypeError, r"step must be a function.*got Linear"),
        ({"step": lambda a: None}, TypeError, r"needs 1 arguments \(a\). Write `lambda params"),
        ({"step": lambda a, b, c, d: None}, TypeError, r"needs 4 arguments \(a, b, c, d\)"),
        ({"step": lambda X, y, *, lr: None}, TypeError, r"needs 3 arguments \(X, y, lr\)"),
    ],
)
def test_bad_arguments_are_refused(changed, error, message):
    X, y = data()
    given = {"step": descent(0.1), "params": leaves(), "X": X, "y": y, **changed}
    step, params, X, y = (given.pop(name) for name in ("step", "params", "X", "y"))
    with pytest.raises(error, match=message):
        check_training_step(step, params, X, y, **given)


def test_a_generator_function_is_no_step():
    def step(params, X, y):
        yield

    with pytest.raises(TypeError, match="only starts to run later"):
        check_training_step(step, leaves(), *data())


@pytest.mark.parametrize(
    "given",
    [
        lambda model, opt: model,
        lambda model, opt: model.parameters(),
        lambda model, opt: list(model.parameters()),
        lambda model, opt: tuple(model.parameters()),
        lambda model, opt: dict(model.named_parameters()),
        lambda model, opt: opt,
        lambda model, opt: (model, opt),
        lambda model, opt: [model],
    ],
)
def test_parameters_are_taken_as_people_give_them(given):
    model = nn.Linear(2, 1)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)

    def step(X, y):
        opt.zero_grad()
        nn.functional.mse_loss(model(X), y.flatten()).backward()
        opt.step()

    (finding,) = check_training_step(step, given(model, opt), *data())
    assert finding.pitfall == "broadcast-n-n"
    assert "(25, 1)" in finding.message


def test_what_the_step_prints_is_shown_once(capsys):
    step = descent(0.1)

    def printing(params, X, y):
        print("here")
        step(params, X, y)

    assert check_training_step(printing, leaves(), *data(), batch_size=10) == []
    assert capsys.readouterr().out == "here\n"


@pytest.mark.parametrize("batch_size", [None, 5, 10])
def test_the_step_runs_as_often_as_the_docstring_says(batch_size):
    step, ticks, seen = descent(0.01), itertools.count(), []

    def counting(params, X, y):
        next(ticks)  # an iterator outside the step: it cannot be put back
        seen.append(len(X))  # a list can
        step(params, X, y)

    check_training_step(counting, leaves(), *data(), batch_size=batch_size)
    assert 6 <= next(ticks) <= 70
    assert seen == []


def test_no_run_starts_after_the_time_limit():
    step, ticks = descent(0.1), itertools.count()

    def slow(params, X, y):
        next(ticks)
        time.sleep(0.05)
        step(params, X, y)

    found = check_training_step(slow, leaves(), *data(), batch_size=10, time_limit=0.1)
    assert next(ticks) <= 6  # at most two calls in the time, and the rest of a run
    assert found == []
    assert "0.1 s" in found.notes[0].message


def test_notes_are_no_findings():
    def step(params, X, y):
        w, b = params
        ((X @ w + b - y) ** 2 / 2).sum().backward()
        with torch.no_grad():
            for p in params:
                p -= 0.1 * p.grad / 10
                p.grad.zero_()

    found = check_training_step(step, leaves(), *data(), batch_size=10)
    assert not found
    assert [note.kind for note in found.notes] == ["note"]
    assert "5 of 10 examples" in str(found)
    assert str(found).startswith("Note: ")
    assert PITFALLS["short-last-batch"].address in str(found)


def test_a_finding_without_a_pitfall_has_a_page_too():
    found = check_training_step(lambda params, X, y: None, leaves(), *data())
    assert [f.pitfall for f in found] == [None]
    assert str(found).endswith("book/pitfalls/leaves-and-updates.html")
    assert isinstance(found[0], Finding)


def test_a_right_step_says_so():
    assert str(check_training_step(descent(0.1), leaves(), *data())) == "No finding."
