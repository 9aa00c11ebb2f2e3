"""check_training_step: silent mistakes are named, right steps are left in peace."""

import contextlib
import io
from pathlib import Path

import pytest
import torch
from torch import nn

from linreg_lib import synthetic_data
from linreg_lib.checks import Finding, check_training_step
from linreg_lib.pitfalls import PITFALLS, run_program

CORPUS = Path(__file__).parent / "hints_corpus"
WRONG = sorted(CORPUS.glob("step/*/*.py"))
RIGHT = sorted(CORPUS.glob("right/*.py"))
# A sum that is never divided also shortens the step of a short batch: both are true.
ALSO = {"sum_without_division": {"short-last-batch"}}


def data(n=25):
    return synthetic_data([2, -3.4], 4.2, n, generator=torch.Generator().manual_seed(0))


def leaves():
    return [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def names_of(path: Path) -> dict:
    with contextlib.redirect_stdout(io.StringIO()):
        outcome = run_program(path.read_text(), str(path.relative_to(CORPUS)))
    assert outcome.error is None, path
    return outcome.names


def findings_of(path: Path) -> list[Finding] | None:
    names = names_of(path)
    if "step" not in names:
        return None
    return check_training_step(names["step"], names.get("params", leaves()), *data(), batch_size=10)


@pytest.mark.parametrize("path", WRONG, ids=[f"{p.parent.name}/{p.stem}" for p in WRONG])
def test_a_silent_mistake_is_named(path):
    found = {finding.pitfall for finding in findings_of(path)}
    assert path.parent.name in found
    assert found - {path.parent.name} <= ALSO.get(path.stem, set())


def test_right_steps_have_no_finding():
    checked = 0
    for path in RIGHT:
        findings = findings_of(path)
        checked += findings is not None
        assert not findings, (path, findings)
    print(f"\nchecks: no finding in {checked} right steps")
    assert checked >= 40


@pytest.mark.parametrize(
    "path", WRONG + RIGHT, ids=[f"{p.parent.name}/{p.stem}" for p in WRONG + RIGHT]
)
def test_params_gradients_and_the_random_generator_stay_as_they_are(path):
    names = names_of(path)
    if "step" not in names:
        return
    params = names.get("params", leaves())
    tensors = list(params.parameters()) if isinstance(params, nn.Module) else params
    tensors[0].grad = torch.ones_like(tensors[0])
    before = [t.detach().clone() for t in tensors]
    X, y = data()
    X0, y0, state = X.clone(), y.clone(), torch.get_rng_state()
    check_training_step(names["step"], params, X, y, batch_size=10)
    assert all(torch.equal(t, b) for t, b in zip(tensors, before, strict=True))
    assert (tensors[0].grad == 1).all()
    assert all(t.grad is None for t in tensors[1:])
    assert torch.equal(X, X0)
    assert torch.equal(y, y0)
    assert torch.equal(torch.get_rng_state(), state)


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


def test_parameters_that_are_no_leaves_are_found_before_the_step_runs():
    params = [p * 1.0 for p in leaves()]
    found = check_training_step(lambda *_: 1 / 0, params, *data())
    assert {f.pitfall for f in found} == {"not-a-leaf"}
    found = check_training_step(lambda *_: 1 / 0, [torch.zeros(2, 1)], *data())
    assert {f.pitfall for f in found} == {"requires-grad-missing"}


def test_a_step_that_changes_the_callers_parameters_is_refused_and_undone():
    w, b = leaves()

    def step(params, X, y):
        ((X @ w + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w.sub_(0.1 * w.grad)

    with pytest.raises(ValueError, match=r"step must work on the params.*Write `w, b = params`"):
        check_training_step(step, [w, b], *data())
    assert (w == 0).all()
    assert w.grad is None


def test_an_error_of_the_step_passes_through_with_a_hint():
    def step(params, X, y):
        w, b = params
        ((X @ w + b - y) ** 2).backward()

    with pytest.raises(RuntimeError, match="only for scalar outputs") as caught:
        check_training_step(step, leaves(), *data())
    assert "non-scalar-backward" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("params", "kwargs", "error", "message"),
    [
        (torch.zeros(2, 1), {}, TypeError, "params must be a list of tensors or a module"),
        ([], {}, ValueError, "params must hold at least one tensor"),
        (leaves(), {"batch_size": 0}, ValueError, "batch_size must be between 1 and 25; got 0"),
        (leaves(), {"batch_size": 26}, ValueError, "batch_size must be between 1 and 25; got 26"),
    ],
)
def test_bad_arguments_are_refused(params, kwargs, error, message):
    with pytest.raises(error, match=message):
        check_training_step(descent(0.1), params, *data(), **kwargs)


def test_lengths_must_agree():
    X, y = data()
    with pytest.raises(ValueError, match="same length; got 25 and 24"):
        check_training_step(descent(0.1), leaves(), X, y[:-1])
