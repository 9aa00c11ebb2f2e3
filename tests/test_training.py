import math
from itertools import pairwise
from statistics import median

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from linreg_lib import (
    TrainingRun,
    data_iter,
    init_params,
    least_squares,
    linreg,
    sgd,
    squared_loss,
    synthetic_data,
    train,
)

TRUE_W, TRUE_B = [2, -3.4], 4.2


def example_data(seed=0, n=1000, dtype=torch.float32, device="cpu"):
    w = torch.tensor(TRUE_W, dtype=dtype, device=device)
    return synthetic_data(w, TRUE_B, n, generator=torch.Generator().manual_seed(seed))


def run_of(seed, **settings):
    generator = torch.Generator().manual_seed(seed + 1000)
    return train(*example_data(seed), generator=generator, **settings)


def test_shapes_dtypes_and_devices_of_a_run(dtype, device, seeded):
    X, y = example_data(n=25, dtype=dtype, device=device)
    run = train(X, y, num_epochs=2, batch_size=10, generator=seeded(0))
    assert run.w.shape == (2, 1) and run.b.shape == (1,)
    assert run.w.dtype == dtype and run.w.device.type == device.type and run.w.is_leaf
    assert len(run.epoch_losses) == 2 and all(isinstance(x, float) for x in run.epoch_losses)
    assert run.step_losses.shape == (6,)
    assert run.step_params.shape == run.step_grads.shape == (6, 3)
    for record in (run.step_losses, run.step_params, run.step_grads):
        assert record.dtype == dtype and record.device.type == "cpu" and not record.requires_grad
    assert (run.num_steps, run.steps_per_epoch, run.lr, run.batch_size) == (6, 3, 0.03, 10)


def test_repr_is_one_short_line(seeded):
    run = train(*example_data(n=25), num_epochs=2, generator=seeded(0))
    start = "TrainingRun(2 epochs of 3 steps, lr=0.03, batch_size=10, last loss "
    assert (
        repr(run).startswith(start) and repr(run)[len(start) : -1] == f"{run.epoch_losses[1]:.3g}"
    )


def test_every_record_of_two_steps_worked_out_by_hand():
    X, y = torch.tensor([[2.0], [2.0], [2.0]]), torch.tensor([[3.0], [3.0], [3.0]])
    w = torch.tensor([[1.0]], requires_grad=True)
    b = torch.tensor([0.0], requires_grad=True)
    run = train(X, y, w=w, b=b, lr=0.5, num_epochs=1, batch_size=2)
    # Step 1, two examples: error -1 each, gradients -4 and -2, w = 1 + 0.5 * 4 / 2, b = 0.5.
    # Step 2, one example: error 4 + 0.5 - 3 = 1.5, gradients 3 and 1.5, divided by one.
    assert run.step_losses.tolist() == [0.5, 1.125]
    assert run.step_grads.tolist() == [[-4.0, -2.0], [3.0, 1.5]]
    assert run.step_params.tolist() == [[2.0, 0.5], [0.5, -0.25]]
    assert run.epoch_losses == [pytest.approx((1.0 - 0.25 - 3) ** 2 / 2)]
    assert run.w is w and run.b is b and (w.item(), b.item()) == (0.5, -0.25)


def test_one_example_at_a_time_learns_y_equals_2x():
    """Claim F8: predict x = 4 after 100 epochs."""
    X, y = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([[2.0], [4.0], [6.0]])
    w = torch.ones(1, 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    squared = {"net": lambda X, w, b: X @ w, "loss": lambda y_hat, y: (y_hat - y) ** 2}
    run = train(X, y, w=w, b=b, lr=0.01, num_epochs=100, batch_size=1, **squared)
    assert 4 * run.w.item() == pytest.approx(8, abs=2e-5)
    assert run.epoch_losses[-1] < 1e-10
    assert run.b.item() == 0 and not run.step_grads[:, 1].any()  # net leaves b out


def test_the_same_run_as_torch_optim_with_the_mean_loss(dtype, seeded):
    X, y = example_data(n=57, dtype=dtype)
    w, b = init_params(2, dtype=dtype, generator=seeded(1))
    w2, b2 = (param.detach().clone().requires_grad_() for param in (w, b))
    run = train(X, y, w=w, b=b, num_epochs=3, batch_size=10, generator=seeded(2))
    optimizer, order, trajectory = torch.optim.SGD([w2, b2], lr=0.03), seeded(2), []
    for _ in range(3):
        for A, c in data_iter(10, X, y, generator=order):
            optimizer.zero_grad()
            (torch.nn.functional.mse_loss(A @ w2 + b2, c) / 2).backward()
            optimizer.step()
            trajectory.append(torch.cat([w2.detach().flatten(), b2.detach()]))
    tolerance = 1e-5 if dtype == torch.float32 else 1e-12
    torch.testing.assert_close(
        run.step_params, torch.stack(trajectory), rtol=tolerance, atol=tolerance
    )


def test_recorded_gradients_agree_with_finite_differences(seeded):
    X, y = example_data(n=6, dtype=torch.float64)
    start, h = torch.tensor([0.3, -0.2, 0.1], dtype=torch.float64), 1e-6
    w = start[:2].reshape(2, 1).clone().requires_grad_()
    b = start[2:].clone().requires_grad_()
    run = train(X, y, w=w, b=b, num_epochs=1, batch_size=6, generator=seeded(0))

    def total(p):
        return float(((X @ p[:2] + p[2] - y.flatten()) ** 2).sum() / 2)

    differences = [(total(start + e) - total(start - e)) / (2 * h) for e in h * torch.eye(3)]
    assert run.step_grads[0].tolist() == pytest.approx(differences, rel=1e-6)


@settings(max_examples=15)
@given(n=st.integers(1, 30), batch_size=st.integers(1, 35), seed=st.integers(0, 10**6))
def test_summed_loss_divided_by_the_batch_is_the_mean_loss(n, batch_size, seed):
    X, y = example_data(seed, n, dtype=torch.float64)
    runs = []
    for loss, update in (
        (squared_loss, sgd),
        (lambda y_hat, y: squared_loss(y_hat, y).mean(), lambda params, lr, _: sgd(params, lr, 1)),
    ):
        generator = torch.Generator().manual_seed(seed)
        settings = {"batch_size": batch_size, "num_epochs": 2, "loss": loss, "update": update}
        runs.append(train(X, y, generator=generator, **settings))
    for name in ("step_params", "step_losses"):
        torch.testing.assert_close(getattr(runs[0], name), getattr(runs[1], name))


@settings(max_examples=10)
@given(st.floats(-20, 20))
def test_translation_of_y_and_of_the_first_bias_moves_only_b(shift):
    X, y = example_data(n=40, dtype=torch.float64)
    paths = []
    for moved in (0.0, shift):
        w = torch.zeros(2, 1, dtype=torch.float64, requires_grad=True)
        b = torch.full((1,), moved, dtype=torch.float64, requires_grad=True)
        generator = torch.Generator().manual_seed(0)
        paths.append(train(X, y + moved, w=w, b=b, generator=generator).step_params)
    expected = paths[0] + torch.tensor([0.0, 0.0, shift], dtype=torch.float64)
    torch.testing.assert_close(paths[1], expected, rtol=1e-9, atol=1e-9)


def test_the_same_seed_gives_the_same_run_and_the_global_generator_is_left_alone(seeded):
    X, y = example_data(n=50)
    before = torch.get_rng_state()
    first, second = (train(X, y, generator=seeded(3)) for _ in range(2))
    assert torch.equal(first.step_params, second.step_params)
    assert torch.equal(torch.get_rng_state(), before)


def test_generators_of_any_device_serve_data_on_any_device(device, seeded):
    X, y = example_data(n=20, device=device)
    for generator in (None, seeded(0), seeded(0, device)):
        run = train(X, y, generator=generator)
        assert run.w.device.type == device.type and math.isfinite(run.epoch_losses[-1])


def test_labels_may_be_a_row(seeded):
    X, y = example_data(n=30)
    column, row = (train(X, t, generator=seeded(0)) for t in (y, y.flatten()))
    assert torch.equal(column.step_params, row.step_params)


def test_on_step_sees_every_step_after_its_update(seeded):
    X, y = example_data(n=25)
    seen = []

    def hook(step):
        params = [*step.w.flatten().tolist(), *step.b.tolist()]
        seen.append((step.epoch, step.step, step.loss, params, tuple(step.X.shape), len(step.y)))

    run = train(X, y, num_epochs=2, generator=seeded(0), on_step=hook)
    assert [s[:2] for s in seen] == [(0, 0), (0, 1), (0, 2), (1, 3), (1, 4), (1, 5)]
    assert [s[2] for s in seen] == pytest.approx(run.step_losses.tolist())
    assert [s[3] for s in seen] == run.step_params.tolist()
    assert [s[4:] for s in seen] == [((10, 2), 10), ((10, 2), 10), ((5, 2), 5)] * 2


def test_progress_shows_every_step(seeded, capsys):
    train(*example_data(n=25), num_epochs=2, generator=seeded(0))
    assert capsys.readouterr().err == ""
    train(*example_data(n=25), num_epochs=2, generator=seeded(0), progress=True)
    assert "6/6" in capsys.readouterr().err


def test_a_stale_gradient_of_given_parameters_takes_no_part(seeded):
    X, y = example_data(n=20)
    paths = []
    for stale in (None, torch.full((2, 1), 1e6)):
        w, b = init_params(2, generator=seeded(0))
        w.grad = stale
        paths.append(train(X, y, w=w, b=b, generator=seeded(1)).step_params)
    assert torch.equal(*paths)


# What goes wrong is recorded as it is


def test_a_rebound_loop_variable_changes_nothing(seeded):
    def rebinds(params, lr, batch_size):
        for param in params:
            with torch.no_grad():
                param = param - lr * param.grad / batch_size

    run = train(*example_data(), generator=seeded(0), num_epochs=2, update=rebinds)
    assert (run.step_params == run.step_params[0]).all()
    assert run.epoch_losses[0] == run.epoch_losses[1] > 1


def test_gradients_that_nobody_clears_add_up(seeded):
    def forgets(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad / batch_size

    finals = [run_of(seed, update=forgets).epoch_losses for seed in range(5)]
    assert all(median(losses) > 1 for losses in zip(*finals, strict=True))  # claim E5


def test_labels_as_a_row_without_a_reshape_learn_little_but_the_mean(seeded):
    """Claim D2: (n, 1) - (n,) broadcasts to (n, n)."""
    X, y = example_data()
    run = train(X, y.flatten(), generator=seeded(0), loss=lambda y_hat, y: (y_hat - y) ** 2 / 2)
    assert run.epoch_losses[-1] == pytest.approx(8.3, abs=1)  # printed with the same mistake
    assert run.b.item() == pytest.approx(TRUE_B, abs=0.5)
    assert run.w.detach().abs().max() < 1.5
    with torch.no_grad():
        assert squared_loss(linreg(X, run.w, run.b), y).mean().item() > 3


def test_too_large_a_step_overflows_to_inf_and_then_nan():
    """Claim F3: inf at about step 19, nan at about step 39, no division by zero."""
    runs = [run_of(seed, lr=10, num_epochs=1) for seed in range(5)]
    first_inf = median(int(r.step_losses.isinf().nonzero()[0]) for r in runs)
    first_nan = median(int(r.step_params.isnan().any(1).nonzero()[0]) for r in runs)
    assert 15 <= first_inf <= 23 and 33 <= first_nan <= 45
    assert all(math.isnan(r.epoch_losses[0]) for r in runs)


# The figures of the experiments: medians over seeds


def median_losses(seeds, **settings):
    runs = [run_of(seed, **settings) for seed in range(seeds)]
    return [median(losses) for losses in zip(*(r.epoch_losses for r in runs), strict=True)]


def test_three_epochs_reach_the_noise_floor():
    """Claim F1."""
    runs = [run_of(seed) for seed in range(20)]
    losses = [median(x) for x in zip(*(r.epoch_losses for r in runs), strict=True)]
    assert losses == [
        pytest.approx(0.0345, rel=0.25),
        pytest.approx(1.3e-4, rel=0.25),
        pytest.approx(5.0e-5, rel=0.1),
    ]
    true = torch.tensor([*TRUE_W, TRUE_B])
    assert median(float((r.step_params[-1] - true).abs().max()) for r in runs) < 2e-3


def test_a_small_learning_rate_is_slow_not_stuck():
    """Claim F2: the distance shrinks by (1 - lr) a step, so the loss by its square."""
    losses = median_losses(5, lr=0.001, num_epochs=10)
    assert losses[:3] == [pytest.approx(v, rel=0.07) for v in (13.9, 11.3, 9.2)]
    assert losses[-1] == pytest.approx(2.18, rel=0.1)
    ratios = [after / before for before, after in pairwise(losses)]
    assert ratios == pytest.approx([0.999**200] * 9, rel=0.05)


@pytest.mark.parametrize(("lr", "converges"), [(1.0, True), (1.5, True), (1.9, False), (3, False)])
def test_where_the_border_is_at_batches_of_ten(lr, converges):
    """Claim F4."""
    last = median_losses(5, lr=lr, num_epochs=5)[-1]
    assert (last < 1e-3) if converges else not (last < 1)


@pytest.mark.parametrize("share", [0.9, 1.1])
def test_where_the_border_is_for_the_full_batch(share):
    """Claim F4: lr < 2 / largest eigenvalue of the design's second moments, bias included."""
    X, y = example_data()
    design = torch.cat([X, torch.ones(1000, 1)], dim=1).double()
    border = 2 / float(torch.linalg.eigvalsh(design.T @ design / 1000).max())
    assert border == pytest.approx(2, abs=0.25)
    run = train(X, y, lr=share * border, batch_size=1000, num_epochs=200)
    assert (run.epoch_losses[-1] < 1e-4) == (share < 1)


def test_training_ends_near_the_closed_form(seeded):
    X, y = example_data()
    w, b = least_squares(X, y)
    run = train(X, y, num_epochs=10, generator=seeded(0))
    torch.testing.assert_close(run.w.detach(), w, atol=2e-3, rtol=0)
    torch.testing.assert_close(run.b.detach(), b, atol=2e-3, rtol=0)
    best = squared_loss(linreg(X, w, b), y).mean().item()
    assert best <= run.epoch_losses[-1] < 1.1 * best


def test_new_parameters_start_a_new_run_and_given_ones_continue(seeded):
    """Claim F5."""
    X, y = example_data()
    first = train(X, y, num_epochs=1, generator=seeded(0))
    after_one = first.epoch_losses[0]
    again = train(X, y, num_epochs=1, w=first.w, b=first.b, generator=seeded(1))
    fresh = train(X, y, num_epochs=1, generator=seeded(1))
    assert again.step_losses[0] < 10 * after_one < fresh.step_losses[0]


# Bad input


DATA = example_data(n=20)
WITH_NAN = DATA[0].clone()
WITH_NAN[17, 1] = float("nan")
NAN, INF = float("nan"), float("inf")
W, B = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
BAD_CALLS = [
    ({"features": WITH_NAN}, ValueError, r"features must be finite; .* first in row 17\. Leave"),
    ({"labels": DATA[1][1:]}, ValueError, r"same length; got 20 and 19"),
    ({"labels": DATA[0]}, ValueError, r"labels must have shape .* got \(20, 2\)"),
    ({"features": DATA[0][:, 0]}, ValueError, r"got \(20,\)\. For one feature write"),
    ({"features": DATA[0][:0], "labels": DATA[1][:0]}, ValueError, r"at least one example"),
    ({"features": DATA[0].long()}, TypeError, r"got torch\.int64 and torch\.float32\. Write"),
    ({"features": [[1.0]]}, TypeError, r"features must be a tensor.*got list"),
    ({"lr": 0}, ValueError, r"lr must be finite and > 0; got 0\.0\. Write lr=0\.03"),
    ({"lr": NAN}, ValueError, r"got nan"),
    ({"lr": INF}, ValueError, r"got inf"),
    ({"lr": None}, TypeError, r"lr must be a number.*got None"),
    ({"num_epochs": 0}, ValueError, r"num_epochs must be at least 1; got 0\. Write num_epochs=3"),
    ({"num_epochs": 1.5}, TypeError, r"num_epochs must be an integer; got 1\.5"),
    ({"batch_size": 0}, ValueError, r"batch_size must be at least 1; got 0"),
    ({"batch_size": True}, TypeError, r"batch_size must be an integer; got True"),
    ({"generator": 7}, TypeError, r"torch\.Generator or None; got 7"),
    ({"net": torch.zeros(1)}, TypeError, r"net must be a function; got tensor.*Write its name"),
    ({"loss": None}, TypeError, r"loss must be a function; got None"),
    ({"update": 0.1}, TypeError, r"update must be a function; got 0\.1"),
    ({"on_step": "print"}, TypeError, r"on_step must be a function; got 'print'"),
    ({"w": W}, ValueError, r"w and b must be given together; got no b\. Give both or neither"),
    ({"b": B}, ValueError, r"got no w"),
    ({"w": W * 1, "b": B}, ValueError, r"w must be .* leaf .*got the result of .*\(MulBackward0\)"),
    ({"w": W, "b": torch.zeros(1)}, ValueError, r"b must be .* requires grad; got one that does"),
    ({"w": W.long(), "b": B}, TypeError, r"w must be a floating point .* got torch\.int64"),
    ({"w": [[1.0], [2.0]], "b": B}, TypeError, r"w must be .* got list"),
    (
        {"w": torch.zeros(2, requires_grad=True), "b": B},
        ValueError,
        r"w must have shape \(2, 1\) for these features; got \(2,\)\. Write",
    ),
    (
        {"w": W, "b": torch.zeros(1, dtype=torch.float64, requires_grad=True)},
        TypeError,
        r"b must have the features' dtype .*torch\.float32.*; got torch\.float64.* Write",
    ),
]


@pytest.mark.parametrize(("change", "error", "message"), BAD_CALLS)
def test_bad_input_is_refused_before_anything_is_drawn_or_trained(seeded, change, error, message):
    generator, calls = seeded(0), []
    arguments = {
        "features": DATA[0],
        "labels": DATA[1],
        "generator": generator,
        "on_step": calls.append,
        **change,
    }
    with pytest.raises(error, match=message):
        train(**arguments)
    assert torch.equal(generator.get_state(), seeded(0).get_state())
    assert calls == [] and not W.any() and not B.any() and W.grad is None


def test_a_run_cannot_be_changed_by_accident(seeded):
    run = train(*DATA, generator=seeded(0))
    assert isinstance(run, TrainingRun)
    with pytest.raises(AttributeError):
        run.lr = 1.0
