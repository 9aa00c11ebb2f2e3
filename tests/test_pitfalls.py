"""Every pitfall's wrong program goes wrong as quoted; its right program does not."""

import builtins
import contextlib
import io
import re

import pytest
import torch

from linreg_lib import linreg, squared_loss, synthetic_data, train
from linreg_lib import pitfalls as p
from linreg_lib.pitfalls import FAMILIES, PITFALLS, Pitfall, run_program

PAGES = {
    "names-and-memory",
    "leaves-and-updates",
    "accumulating-gradients",
    "graph-lifetime",
    "shapes-and-dtypes",
    "step-size-and-scale",
    "modules-and-optimizers",
}
LOOKALIKES = [
    pytest.param(pitfall, lookalike, id=f"{pitfall.name}: {lookalike.label}")
    for pitfall in PITFALLS.values()
    for lookalike in pitfall.lookalikes
]
pitfalls = pytest.mark.parametrize("pitfall", PITFALLS.values(), ids=PITFALLS)


def run(source):
    with contextlib.redirect_stdout(io.StringIO()):
        return run_program(source, "pitfall")


@pitfalls
def test_the_wrong_program_goes_wrong_as_quoted(pitfall: Pitfall):
    outcome = run(pitfall.wrong)
    if pitfall.silent:
        assert outcome.error is None
        assert outcome.shows(pitfall.sign)
    else:
        assert type(outcome.error).__name__ == pitfall.error
        assert str(outcome.error).startswith(pitfall.message)


@pitfalls
def test_the_right_program_is_right(pitfall: Pitfall):
    outcome = run(pitfall.right)
    assert outcome.error is None
    assert not outcome.warnings
    assert pitfall.sign is None or not outcome.shows(pitfall.sign)


@pytest.mark.parametrize(("pitfall", "lookalike"), LOOKALIKES)
def test_a_cure_that_only_looks_like_one_cures_nothing(pitfall, lookalike):
    outcome = run(pitfall.edited(lookalike))
    if lookalike.message:
        assert str(outcome.error).startswith(lookalike.message)
    else:
        assert outcome.error is None
        assert outcome.shows(lookalike.sign or pitfall.sign)


@pitfalls
def test_the_registry_is_well_formed(pitfall: Pitfall):
    assert pitfall.topic in PAGES
    assert re.fullmatch(r"[a-zA-Z]+(-[a-zA-Z]+)*", pitfall.name)
    assert pitfall.address == f"book/pitfalls/{pitfall.name}.html"
    assert pitfall.messages or pitfall.sign, "a message, or a sign where it is silent"
    for source in (pitfall.wrong, pitfall.right):
        assert source.startswith("import torch\n")
        assert max(map(len, source.splitlines())) <= 72, "a line that fits a phone's stepper"
        assert len([line for line in source.splitlines() if line.strip()]) <= 14


def test_there_are_enough_pitfalls_on_every_page():
    assert len(PITFALLS) >= 20
    for page in PAGES:
        assert sum(pitfall.topic == page for pitfall in PITFALLS.values()) >= 3


def test_families_gather_by_message_or_name_their_members():
    by_sight = {family.sees: family for family in FAMILIES}
    second = by_sight["Trying to backward through the graph a second time"]
    assert {"second-backward", "carried-state", "cell-run-twice"} <= set(second.members)
    for family in FAMILIES:
        assert family.members and set(family.members) <= set(PITFALLS)
        for name in family.members if family.says else ():
            assert any(m.text.startswith(family.says) for m in PITFALLS[name].messages)


@pitfalls
def test_messages_are_said_once_and_loud_ones_name_an_exception(pitfall: Pitfall):
    texts = [message.text for message in pitfall.messages]
    assert len(texts) == len(set(texts))
    for message in pitfall.messages:
        assert issubclass(getattr(builtins, message.type), Exception)


def test_a_long_loop_is_watched_three_times():
    wrong, right = PITFALLS["forgotten-zero"].watched
    assert "range(19)" in PITFALLS["forgotten-zero"].wrong
    assert "range(3)" in wrong and "range(3)" in right
    assert p._base.shortened("torch.arange(20)\nrange(9)") == "torch.arange(20)\nrange(9)"


def test_edit_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="must fit one place"):
        PITFALLS["rebind-update"].edited(p.Lookalike("x", "y", old="not there", new=""))


# The functions for `train`, against what the same data do when nothing is wrong.


def trained(num_epochs=3, lr=0.03, n=1000, batch_size=10, **kwargs):
    X, y = synthetic_data([2, -3.4], 4.2, n, generator=torch.Generator().manual_seed(1))
    generator = torch.Generator().manual_seed(2)
    return train(
        X, y, lr=lr, num_epochs=num_epochs, batch_size=batch_size, generator=generator, **kwargs
    )


def test_rebinding_changes_nothing():
    run = trained(update=p.sgd_rebinding)
    assert (run.step_params == run.step_params[0]).all()
    assert run.epoch_losses[-1] == run.epoch_losses[0] > 10


def test_zeroing_first_changes_nothing():
    run = trained(update=p.sgd_zeroing_first)
    assert (run.step_params == run.step_params[0]).all()


def test_keeping_gradients_does_not_converge():
    assert trained().epoch_losses[-1] < 1e-4
    assert min(trained(update=p.sgd_keeping_gradients).epoch_losses) > 0.5


def test_without_division_the_learning_rate_is_ten_times_as_large():
    short = trained(update=p.sgd_without_division, lr=0.003)
    assert torch.allclose(short.step_params, trained(lr=0.03).step_params, atol=1e-4)


def test_dividing_by_a_fixed_count_shortens_the_last_step():
    right = trained(num_epochs=1, n=107)
    wrong = trained(num_epochs=1, n=107, update=p.sgd_dividing_by(10))
    assert torch.equal(right.step_params[:-1], wrong.step_params[:-1])
    full, short = right.step_params.diff(dim=0)[-1], wrong.step_params.diff(dim=0)[-1]
    assert torch.allclose(short, 0.7 * full, atol=1e-5)


def test_weight_decay_typo_shrinks_the_bias():
    run = trained(
        update=p.sgd_weight_decay_typo,
        b=torch.full((1,), 4.2, requires_grad=True),
        w=torch.zeros(2, 1, requires_grad=True),
        num_epochs=10,
    )
    assert abs(run.b.item()) < 1e-6
    assert torch.allclose(run.w.detach(), torch.tensor([[2.0], [-3.4]]), atol=1.0)


def test_data_gives_the_same_steps_as_no_grad():
    assert torch.equal(trained(update=p.sgd_data).step_params, trained().step_params)


def test_broadcasting_loss_learns_little_more_than_the_mean():
    run = trained(loss=p.squared_loss_broadcasting, lr=0.003, num_epochs=10)
    assert run.w.abs().max() < 1
    assert 4 < run.b.item() < 4.4
    X, y = synthetic_data([2, -3.4], 4.2, 50, generator=torch.Generator().manual_seed(1))
    y_hat = linreg(X, run.w, run.b)
    assert p.squared_loss_broadcasting(y_hat, y).shape == (50, 50)
    assert squared_loss(y_hat, y).mean() > 3


def test_mean_without_division_equals_sum_with_division():
    mean = trained(loss=p.mean_squared_loss, update=p.sgd_without_division)
    assert torch.allclose(mean.step_params, trained().step_params, atol=1e-5)


def test_forward_under_no_grad_has_no_graph():
    with pytest.raises(RuntimeError, match="does not require grad"):
        trained(net=p.linreg_under_no_grad)


def test_a_step_that_clears_first_changes_nothing():
    w = torch.tensor([3.0], requires_grad=True)
    (w**2).sum().backward()
    p.sgd_zeroing_first([w], 0.1, 1)
    assert w.item() == 3 and w.grad.item() == 0


def test_the_model_under_no_grad_predicts_the_same_without_a_graph():
    X, w, b = torch.ones(4, 2), torch.ones(2, 1, requires_grad=True), torch.tensor([0.5])
    y_hat = p.linreg_under_no_grad(X, w, b)
    assert y_hat.tolist() == [[2.5]] * 4 and not y_hat.requires_grad
