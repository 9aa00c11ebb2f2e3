"""The evidence for every row of `claims.toml`: small experiments that fail if a verdict is false.

`evidence("F3")` runs one and returns the numbers that the row's answer quotes. The page "Claims,
checked" and the tests run these same functions.
"""

import contextlib
import io
import math
import statistics
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import torch
from torch import Tensor, nn

import linreg_lib
from linreg_lib import (
    data_iter,
    init_params,
    least_squares,
    linreg,
    pitfalls,
    sgd,
    squared_loss,
    synthetic_data,
    train,
)
from linreg_lib.pitfalls import (
    PITFALLS,
    mean_squared_loss,
    sgd_data,
    sgd_dividing_by,
    sgd_keeping_gradients,
    sgd_rebinding,
    sgd_weight_decay_typo,
    sgd_without_division,
    squared_loss_broadcasting,
)

TRUE_W, TRUE_B = torch.tensor([2.0, -3.4]), 4.2
CHECKS: dict[str, Callable[[], dict]] = {}


def evidence(claim: str) -> dict:
    """Run the check of a claim, A1 ... H5, and return the numbers that its answer quotes."""
    return CHECKS[claim]()


@cache
def rows() -> tuple[dict, ...]:
    """Read the rows of `claims.toml`, in their order."""
    text = Path(__file__).with_name("claims.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["claim"])


def answers() -> dict[str, str]:
    """Run every check and fill its numbers into the row's answer."""
    return {row["id"]: row["answer"].format(**evidence(row["id"])) for row in rows()}


def verdicts() -> dict[str, int]:
    """Count the verdicts."""
    return dict(Counter(row["verdict"] for row in rows()).most_common())


def check(function: Callable[[], dict]) -> Callable[[], dict]:
    """Register a function under the claim that its name begins with: `a1_plot` is for A1."""
    CHECKS[function.__name__.split("_")[0].upper()] = function
    return function


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@cache
def data(seed: int = 0, n: int = 1000) -> tuple[Tensor, Tensor]:
    return synthetic_data(TRUE_W, TRUE_B, n, generator=seeded(seed))


def trained(seed: int = 0, n: int = 1000, **kwargs):
    return train(*data(seed, n), generator=seeded(seed + 100), **kwargs)


def true_loss(w: Tensor, b: Tensor, seed: int = 0) -> float:
    X, y = data(seed)
    with torch.no_grad():
        return squared_loss(linreg(X, w, b), y).mean().item()


def run_program(source: str):
    with contextlib.redirect_stdout(io.StringIO()):
        return pitfalls.run_program(source)


def message(function: Callable) -> str:
    """Return the error that a call must raise, as `Type: first sentence`."""
    try:
        function()
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0].split('. ')[0]}"
    raise AssertionError("there was no error")


# A. Data and tensors


@check
def a1_scatter() -> dict:
    X, y = data()
    correlation = torch.corrcoef(torch.stack([X[:, 1], y[:, 0]]))[0, 1].item()
    assert -0.95 < correlation < -0.75
    assert len(X.numpy()) == 1000, "data that require no grad need no detach"
    w = torch.zeros(2, requires_grad=True)
    error = message(lambda: w.numpy())
    assert "Can't call numpy() on Tensor that requires grad" in error
    return {"correlation": correlation}


@check
def a2_matrix_times_vector() -> dict:
    X = data()[0]
    product = torch.matmul(X, TRUE_W)
    assert product.shape == (1000,)
    # Broadcasting happens in the elementwise product, which has another shape.
    assert (X * TRUE_W).shape == (1000, 2)
    assert torch.allclose(product, (X * TRUE_W).sum(1), atol=1e-5)
    error = message(lambda: torch.matmul(X, torch.ones(1)))
    assert "size mismatch" in error, "a vector that could be broadcast is refused"
    return {"n": len(product), "dims": product.ndim}


@check
def a3_reshape() -> dict:
    y = torch.arange(6.0)
    column = y.reshape((-1, 1))
    assert column.shape == (6, 1)
    assert column.data_ptr() == y.data_ptr()
    column[0, 0] = 7
    assert y[0] == 7
    return {"before": y.ndim, "after": column.ndim}


@check
def a4_tensor_or_tensor() -> dict:
    upper, lower = torch.Tensor([1, 2]).dtype, torch.tensor([1, 2]).dtype
    assert (upper, lower) == (torch.float32, torch.int64)
    assert torch.Tensor(3).shape == (3,)
    assert torch.tensor(3).shape == ()
    return {"upper": str(upper)[6:], "lower": str(lower)[6:], "length": len(torch.Tensor(3))}


@check
def a5_integers() -> dict:
    first = message(lambda: torch.tensor([2, -3], requires_grad=True))
    assert "Only Tensors of floating point and complex dtype can require gradients" in first
    second = message(lambda: torch.ones(3, 2) @ torch.tensor([[2], [-3]]))
    assert "to have the same dtype" in second
    return {"first": first, "second": second}


@check
def a6_package() -> dict:
    names = linreg_lib.__all__
    assert all(getattr(linreg_lib, name).__doc__ for name in names)
    return {"names": len(names)}


@check
def a7_another_slope() -> dict:
    # y = 2x + (5 + noise) with noise of variance 1; stop once the loss hardly changes.
    generator = seeded(0)
    X = torch.randn(100, 1, generator=generator)
    y = 2 * X + 5 + torch.randn(100, 1, generator=generator)
    w, b = init_params(1, generator=generator)
    before, steps = math.inf, 0
    while steps < 5000:
        loss = squared_loss(linreg(X, w, b), y)
        loss.sum().backward()
        sgd([w, b], 0.1, len(X))
        steps += 1
        if before - loss.mean().item() < 1e-7:
            break
        before = loss.mean().item()
    best_w, best_b = least_squares(X, y)
    assert steps < 500
    assert abs(w - best_w).item() < 0.02
    assert abs(b - best_b).item() < 0.02
    return {"slope": w.item(), "intercept": b.item(), "steps": steps}


# B. Minibatch iterators


@check
def b1_lazy() -> dict:
    X, y = data()
    batches = data_iter(10, X, y, generator=seeded(0))
    assert iter(batches) is batches, "an iterator, not a list"
    first, _ = next(batches)
    batch_bytes = first.numel() * first.element_size()
    data_bytes = X.untyped_storage().nbytes()
    whole = sum(b.numel() * b.element_size() for b, _ in data_iter(10, X, y))
    assert whole == data_bytes, "all minibatches together would be a second copy of the data"
    return {"batch_bytes": batch_bytes, "data_bytes": data_bytes}


@check
def b2_every_example_once() -> dict:
    X = torch.arange(107.0).reshape(-1, 1)
    seen = torch.cat([x for x, _ in data_iter(10, X, X, generator=seeded(0))])
    assert seen.flatten().sort().values.tolist() == X.flatten().tolist()
    kept = torch.cat([x for x, _ in data_iter(10, X, X, drop_last=True, generator=seeded(0))])
    last = [len(x) for x, _ in data_iter(10, X, X)][-1]
    assert last == 7
    return {"n": 107, "seen": len(seen), "last": last, "dropped": len(X) - len(kept)}


@check
def b3_short_last_batch() -> dict:
    right = trained(n=107, num_epochs=1)
    fixed = trained(n=107, num_epochs=1, update=sgd_dividing_by(10))
    full = right.step_params.diff(dim=0)[-1].norm()
    short = fixed.step_params.diff(dim=0)[-1].norm()
    ratio = (short / full).item()
    assert abs(ratio - 0.7) < 1e-3
    return {"ratio": ratio}


# C. Model and parameters


@check
def c1_leaves() -> dict:
    w = torch.normal(0, 0.01, (2, 1), generator=seeded(0), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    assert w.is_leaf
    assert b.is_leaf
    scaled = torch.normal(0, 1.0, (2, 1), generator=seeded(0), requires_grad=True) * 1.0
    assert not scaled.is_leaf
    (scaled**2).sum().backward()
    outcome = run_program(PITFALLS["not-a-leaf"].wrong)
    assert isinstance(outcome.error, TypeError)
    return {"grad_fn": type(scaled.grad_fn).__name__}


@check
def c2_grad_is_none() -> dict:
    w = torch.zeros(2, requires_grad=True)
    assert w.grad is None
    error = message(lambda: w.grad.zero_())
    assert error == "AttributeError: 'NoneType' object has no attribute 'zero_'"
    (2 * w).sum().backward()
    assert w.grad.tolist() == [2, 2]
    return {"error": error}


@check
def c3_spreads() -> dict:
    w = torch.ones(2, requires_grad=True)
    chain = [w * 2, (w * 2).sum(), torch.ones(2) + w]
    assert all(t.requires_grad and t.grad_fn is not None for t in chain)
    with torch.no_grad():
        assert not (w * 2).requires_grad
    return {"count": len(chain)}


@check
def c4_item_data_detach() -> dict:
    assert "cannot be converted to Scalar" in message(lambda: torch.ones(3).item())
    w = torch.ones(2, requires_grad=True)
    loss = (w**2).sum()
    w.data.add_(5)
    loss.backward()
    wrong = w.grad[0].item()
    caught = []
    for view in (lambda w: w, lambda w: w.detach()):
        w = torch.ones(2, requires_grad=True)
        loss = (w**2).sum()
        with torch.no_grad():
            view(w).add_(5)
        caught.append("modified by an inplace operation" in message(loss.backward))
    assert wrong == 12
    assert all(caught)
    w = torch.ones(2, requires_grad=True)
    (w**2).sum().backward()
    assert w.grad[0] == 2
    return {"wrong": wrong, "right": w.grad[0].item()}


@check
def c5_call_by_sharing() -> dict:
    def subtract(p):
        p -= 4
        return p

    number, tensor, names = 10, torch.tensor([10.0]), [1]
    assert subtract(number) == 6
    assert number == 10
    assert subtract(tensor) is tensor
    assert tensor.item() == 6

    def rebind(p):
        p = [2]
        return p

    # A list is mutable and yet safe from rebinding; the operation decides, not the type.
    assert rebind(names) == [2]
    assert names == [1]
    same = (lambda p: p)(number) is number
    assert same, "immutable objects are passed by reference too"
    return {"number": number, "tensor": tensor.item()}


@check
def c6_version() -> dict:
    def in_place(data):
        data += 2

    def out_of_place(data):
        data = data + 2

    x = torch.zeros(2)
    address = x.data_ptr()
    out_of_place(x)
    before = (x._version, x.sum().item())
    in_place(x)
    assert before == (0, 0)
    assert x.tolist() == [2, 2]
    assert x.data_ptr() == address
    assert x._version == 1
    return {"before": before[0], "after": x._version}


@check
def c7_loop_variable() -> dict:
    stuck, right = trained(update=sgd_rebinding), trained()
    assert stuck.epoch_losses[0] == stuck.epoch_losses[-1] > 10
    assert right.epoch_losses[-1] < 1e-4
    return {"stuck": stuck.epoch_losses[-1], "right": right.epoch_losses[-1]}


# D. Loss


@check
def d1_constant_factors() -> dict:
    y_hat = torch.tensor([[3.0]], requires_grad=True)
    squared_loss(y_hat, torch.tensor([[1.0]])).sum().backward()
    assert y_hat.grad.item() == 2, "half the square: the derivative is the difference itself"
    mean = trained(loss=mean_squared_loss, update=sgd_without_division)
    distance = (mean.step_params - trained().step_params).abs().max().item()
    assert distance < 1e-5
    return {"distance": distance}


@check
def d2_broadcast() -> dict:
    # (10, 10) numbers instead of 10 make the sum ten times as large: a tenth of the learning rate.
    run = trained(loss=squared_loss_broadcasting, lr=0.003)
    loss = true_loss(run.w, run.b)
    w1, w2 = run.w.flatten().tolist()
    assert abs(w1) < 0.5
    assert abs(w2) < 0.8
    assert abs(run.b.item() - TRUE_B) < 0.3
    assert loss > 5
    assert run.epoch_losses[-1] > 7
    return {"w1": w1, "w2": w2, "b": run.b.item(), "printed": run.epoch_losses[-1], "loss": loss}


@check
def d3_sum_then_backward() -> dict:
    w = torch.ones(3, requires_grad=True)
    error = message(lambda: (w**2).backward())
    assert "grad can be implicitly created only for scalar outputs" in error
    assert (w**2).sum().backward() is None
    by_sum, w.grad = w.grad, None
    squares = w**2
    squares.backward(gradient=torch.ones_like(squares))
    assert torch.equal(by_sum, w.grad)
    return {"error": error}


@check
def d4_mean_or_sum() -> dict:
    mean = {"loss": mean_squared_loss, "update": sgd_without_division}
    divides = trained(n=1000, **mean).step_params - trained(n=1000).step_params
    assert divides.abs().max() < 1e-5
    # The sum divided by the nominal batch size differs at the short last batch alone.
    fixed = {"update": sgd_dividing_by(10), "num_epochs": 1, "n": 107}
    short = trained(n=107, num_epochs=1, **mean).step_params - trained(**fixed).step_params
    assert short[:-1].abs().max() < 1e-5
    assert short[-1].abs().max() > 1e-3
    return {"same": divides.abs().max().item(), "different": short[-1].abs().max().item()}


@check
def d5_mse_reduction_sum() -> dict:
    X, y = data()

    def epochs(reduction: str, lr: float) -> tuple[list[float], Tensor]:
        net = nn.Linear(2, 1)
        with torch.no_grad():
            net.weight.zero_()
            net.bias.zero_()
        criterion = nn.MSELoss(reduction=reduction)
        printed = []
        for epoch in range(3):
            for x, label in data_iter(10, X, y, generator=seeded(epoch)):
                net.zero_grad()
                criterion(net(x), label).backward()
                with torch.no_grad():
                    for p in net.parameters():
                        p -= lr * p.grad
            printed.append(criterion(net(X), y).item())
        return printed, net.weight.detach()

    mean, mean_w = epochs("mean", 0.03)
    total, total_w = epochs("sum", 0.03 / 10)
    assert torch.allclose(mean_w, total_w, atol=1e-5)
    ratio = total[-1] / mean[-1]
    assert abs(ratio - 1000) < 1
    return {"mean": mean[-1], "total": total[-1], "ratio": ratio}


@check
def d6_no_division() -> dict:
    def epochs(lr, batch_size):
        return trained(lr=lr, batch_size=batch_size, update=sgd_without_division).epoch_losses

    divided, undivided = trained().epoch_losses[0], epochs(0.03, 10)[0]
    assert undivided < divided / 10, "ten times the step is faster here, not divergent"
    assert epochs(0.03, 64)[-1] < 1
    assert not epochs(0.03, 80)[-1] < 1e3
    assert epochs(0.15, 10)[-1] < 1
    assert not epochs(0.19, 10)[-1] < 1e3
    return {
        "divided": divided,
        "undivided": undivided,
        "effective_64": 0.03 * 64,
        "effective_80": 0.03 * 80,
    }


@check
def d7_convex() -> dict:
    X, y = data()
    design = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    eigenvalues = torch.linalg.eigvalsh(design.T @ design / len(X))
    assert eigenvalues.min() > 0
    ends = []
    for seed in range(5):
        theta = 10 * torch.randn(3, 1, generator=seeded(seed))
        for _ in range(300):
            theta = theta - 0.5 * design.T @ (design @ theta - y) / len(X)
        ends.append(theta)
    spread = (torch.stack(ends) - ends[0]).abs().max().item()
    assert spread < 1e-4
    assert not trained(lr=3.0).epoch_losses[-1] < 1e6
    return {"smallest": eigenvalues.min().item(), "starts": len(ends), "spread": spread}


# E. SGD


@check
def e1_why_no_grad() -> dict:
    def update(w):
        w -= 0.1 * w.grad

    w = torch.ones(1, requires_grad=True)
    (2 * w).backward()
    error = message(lambda: update(w))
    assert "a leaf Variable that requires grad is being used in an in-place operation" in error
    with torch.no_grad():
        update(w)
        assert (w * 2).grad_fn is None, "and nothing is recorded, hence kept"
    assert abs(w.item() - 0.8) < 1e-6
    return {"w": w.item()}


@check
def e2_rebinding() -> dict:
    w = torch.ones(1, requires_grad=True)
    (2 * w).backward()
    old = w
    w = w - 0.1 * w.grad
    assert w is not old
    assert not w.is_leaf
    grad_fn = type(w.grad_fn).__name__
    assert grad_fn == "SubBackward0"
    wrong = run_program(PITFALLS["rebind-update"].wrong)
    assert "NoneType" in str(wrong.error)
    assert any("not a leaf" in text for text in wrong.warnings)
    under = run_program(PITFALLS["rebind-under-no-grad"].wrong)
    assert "does not require grad" in str(under.error)
    return {"grad_fn": grad_fn}


@check
def e3_leaves_may_change_in_place() -> dict:
    w = torch.ones(1, requires_grad=True)
    assert "leaf Variable" in message(lambda: w.add_(1))
    with torch.no_grad():
        w.add_(1)
    assert w.is_leaf
    assert w.requires_grad
    return {"w": w.item()}


@check
def e4_data() -> dict:
    assert torch.equal(trained(update=sgd_data).step_params, trained().step_params)
    outcome = run_program(PITFALLS["data-bypass"].wrong)
    assert outcome.error is None
    assert outcome.names["w"].grad.tolist() == [12, 12]
    w = torch.autograd.Variable(torch.ones(1), requires_grad=True)
    assert type(w) is Tensor, "Variable has been a tensor since 0.4"
    return {"wrong": outcome.names["w"].grad[0].item()}


@check
def e5_accumulation() -> dict:
    w = torch.ones(1, requires_grad=True)
    for _ in range(3):
        (2 * w).backward()
    assert w.grad.item() == 6
    kept, right = trained(update=sgd_keeping_gradients), trained()
    assert min(kept.epoch_losses) > 0.5
    assert right.epoch_losses[-1] < 1e-4
    first, second, third = kept.epoch_losses
    return {"first": first, "second": second, "third": third, "right": right.epoch_losses[-1]}


@check
def e6_micro_batches() -> dict:
    X, y = data()
    w, b = init_params(2, generator=seeded(1))
    squared_loss(linreg(X, w, b), y).sum().backward()
    whole = torch.cat([w.grad.flatten(), b.grad])
    w.grad = b.grad = None
    for x, label in zip(X.split(100), y.split(100), strict=True):
        squared_loss(linreg(x, w, b), label).sum().backward()
    parts = torch.cat([w.grad.flatten(), b.grad])
    error = ((whole - parts).norm() / whole.norm()).item()
    assert error < 1e-5
    return {"parts": 10, "error": error}


@check
def e7_underscore() -> dict:
    x = torch.ones(2)
    error = message(lambda: x.zero())
    assert error == "AttributeError: 'Tensor' object has no attribute 'zero'"
    assert x.zero_() is x
    assert x.tolist() == [0, 0]
    assert x.add(1) is not x
    return {"error": error}


@check
def e8_which_leaves() -> dict:
    w, b, unused = (torch.ones(1, requires_grad=True) for _ in range(3))
    x = torch.ones(1)
    hidden = w * x
    (hidden + b).backward()
    assert w.grad is not None
    assert b.grad is not None
    assert unused.grad is None
    assert x.grad is None
    assert not hidden.is_leaf
    return {"reached": 2, "of": 4}


@check
def e9_weight_decay() -> dict:
    run = trained(
        update=sgd_weight_decay_typo,
        num_epochs=3,
        w=torch.zeros(2, 1, requires_grad=True),
        b=torch.full((1,), TRUE_B, requires_grad=True),
    )
    after_one = run.step_params[99, -1].item()
    predicted = TRUE_B * (1 - 0.03) ** 100
    assert abs(after_one - predicted) < 1e-3
    assert abs(run.b.item()) < 1e-3
    return {"start": TRUE_B, "after_one": after_one, "end": run.b.item()}


# F. Training


@check
def f1_three_epochs() -> dict:
    runs = [trained(seed) for seed in range(20)]
    first, second, third = (
        statistics.median(run.epoch_losses[epoch] for run in runs) for epoch in range(3)
    )
    assert 0.02 < first < 0.05
    assert 0.8e-4 < second < 2e-4
    assert 4e-5 < third < 6e-5
    errors = [
        max((run.w.flatten() - TRUE_W).abs().max().item(), abs(run.b.item() - TRUE_B))
        for run in runs
    ]
    assert statistics.median(errors) < 2e-3
    return {
        "first": first,
        "second": second,
        "third": third,
        "floor": 0.01**2 / 2,
        "error": statistics.median(errors),
    }


@check
def f2_too_slow() -> dict:
    runs = [trained(seed, lr=0.001, num_epochs=10) for seed in range(5)]
    first, third, tenth = (
        statistics.median(run.epoch_losses[epoch] for run in runs) for epoch in (0, 2, 9)
    )
    start = statistics.median(
        true_loss(torch.zeros(2, 1), torch.zeros(1), seed) for seed in range(5)
    )
    predicted = start * (1 - 0.001) ** (2 * 1000)
    assert abs(first - 13.9) < 1
    assert abs(third - 9.2) < 1
    assert abs(tenth - predicted) < 0.15 * predicted, "slow at a known pace, not stuck"
    return {"first": first, "third": third, "tenth": tenth, "predicted": predicted}


@check
def f3_overflow() -> dict:
    run = trained(lr=10.0, num_epochs=1)
    infinite = int(torch.isinf(run.step_losses).nonzero()[0])
    undefined = int(torch.isnan(run.step_params).any(dim=1).nonzero()[0])
    before = run.step_params[:undefined]
    assert 10 < infinite < undefined < 60
    assert torch.isfinite(run.step_params[:infinite]).all(), "the loss overflows first"
    assert torch.isinf(before).any(), "then the parameters do"
    assert math.isnan(math.inf - math.inf)
    in_double = train(*(t.double() for t in data()), lr=10.0, num_epochs=1, generator=seeded(100))
    assert torch.isfinite(in_double.step_losses[infinite]), "a wider range only delays it"
    return {"infinite": infinite + 1, "undefined": undefined + 1}


@check
def f4_border() -> dict:
    X, y = data()
    design = torch.cat([X, torch.ones(len(X), 1)], dim=1).double()
    largest = torch.linalg.eigvalsh(design.T @ design / len(X))[-1].item()
    border = 2 / largest

    def full_batch(lr):
        theta = torch.zeros(3, 1, dtype=torch.float64)
        for _ in range(1000):
            theta = theta - lr * design.T @ (design @ theta - y) / len(X)
        return (design @ theta - y).square().mean().item() / 2

    assert full_batch(0.98 * border) < 1e-4
    assert full_batch(1.02 * border) > 1
    calm, wild = trained(lr=1.5, num_epochs=5), trained(lr=1.9, num_epochs=5)
    assert calm.epoch_losses[-1] < 1e-2
    assert not wild.epoch_losses[-1] < 1e-2
    return {"border": border, "largest": largest, "calm": 1.5, "wild": 1.9}


@check
def f5_fresh_parameters() -> dict:
    first = trained()
    again = trained(seed=0, w=first.w, b=first.b, lr=0.001)
    fresh = trained(lr=0.001)
    assert again.epoch_losses[0] < 1e-4
    assert fresh.epoch_losses[0] > 10
    return {"stale": again.epoch_losses[0], "fresh": fresh.epoch_losses[0]}


@check
def f6_why_compute_the_loss() -> dict:
    X, y = data()
    w, b = init_params(2, generator=seeded(1))
    squared_loss(linreg(X, w, b), y).mean().backward()
    with torch.no_grad():
        by_hand = X.T @ (X @ w + b - y) / len(X)
    difference = (by_hand - w.grad).abs().max().item()
    assert difference < 1e-5
    first, w.grad = w.grad, None
    (squared_loss(linreg(X, w, b), y).mean() + 100).backward()
    assert torch.allclose(first, w.grad, atol=1e-6), "the value of the loss plays no part"
    return {"difference": difference}


@check
def f7_running_total() -> dict:
    w = torch.ones(1, requires_grad=True)
    total, number = 0, 0.0
    for _ in range(2000):
        loss = (w * 2).sum()
        total = total + loss
        number = number + loss.item()
    nodes, node = 0, total.grad_fn
    while node is not None and node.name() == "AddBackward0":
        nodes, node = nodes + 1, node.next_functions[0][0]
    assert nodes == 2000
    assert isinstance(number, float)
    # Unlink the chain node by node: dropping it whole would recurse deeply.
    del node
    return {"nodes": nodes}


@check
def f8_one_example_at_a_time() -> dict:
    w = torch.tensor([1.0], requires_grad=True)
    for _ in range(100):
        for x, y in ((1.0, 2.0), (2.0, 4.0), (3.0, 6.0)):
            loss = (x * w - y) ** 2
            loss.sum().backward()
            with torch.no_grad():
                w -= 0.01 * w.grad
                w.grad.zero_()
    prediction = (4 * w).item()
    assert abs(prediction - 8) < 1e-5
    assert loss.item() < 1e-11
    return {"prediction": prediction, "loss": loss.item()}


# G. The graph


@check
def g1_nodes_are_operations() -> dict:
    w = torch.ones(2, requires_grad=True)
    loss = (w * 3).sum()
    names, node = [], loss.grad_fn
    while node is not None:
        names.append(node.name().split("::")[-1])
        node = node.next_functions[0][0] if node.next_functions else None
    assert names == ["SumBackward0", "MulBackward0", "AccumulateGrad"]
    return {"names": ", ".join(names)}


@check
def g2_built_while_running() -> dict:
    def forward(w):
        return (w * 2 if w > 0 else w + 2).sum()

    positive = torch.ones(1, requires_grad=True)
    negative = -torch.ones(1)
    negative.requires_grad_()
    first, second = forward(positive).grad_fn, forward(positive).grad_fn
    assert first is not second
    kinds = [forward(w).grad_fn.next_functions[0][0].name() for w in (positive, negative)]
    assert kinds == ["MulBackward0", "AddBackward0"]
    return {"one": kinds[0], "other": kinds[1]}


@check
def g3_what_is_freed() -> dict:
    w = torch.ones(2, requires_grad=True)
    squares = w**2
    loss = squares.sum()
    assert torch.equal(squares.grad_fn._saved_self, w)
    loss.backward()
    error = message(lambda: squares.grad_fn._saved_self)
    assert "a second time" in error
    assert loss.grad_fn is not None, "the nodes stay as long as something refers to them"
    assert "a second time" in message(loss.backward)
    plain = (w + 1).sum()
    plain.backward()
    plain.backward()
    return {"error": error}


@check
def g4_second_backward() -> dict:
    outside = run_program(PITFALLS["second-backward"].wrong)
    carried = run_program(PITFALLS["losses-carried-over"].wrong)
    for outcome in (outside, carried):
        assert "a second time" in str(outcome.error)
    silenced = run_program(PITFALLS["retain-graph"].wrong)
    right = run_program(PITFALLS["retain-graph"].right)
    assert silenced.error is None
    wrong_w, right_w = silenced.names["w"].item(), right.names["w"].item()
    assert abs(right_w - 2) < 1e-3
    assert abs(wrong_w - 2) > 5
    return {"wrong": wrong_w, "right": right_w}


@check
def g5_joined_losses() -> dict:
    X, y = data()

    def epochs(keep_results: bool, count: int) -> float:
        w, b = init_params(2, generator=seeded(1))
        for _ in range(300):
            losses = [
                squared_loss(linreg(x, w, b), label)
                for x, label in data_iter(10, X, y, shuffle=False)
            ]
            joined = losses[0]
            if keep_results:
                joined = torch.cat(losses)
            else:
                for loss in losses[1:]:
                    torch.cat([joined, loss])  # the joined tensor is returned, and thrown away
            joined.sum().backward()
            sgd([w, b], 0.03, count)
        return true_loss(w, b)

    wrong, right = epochs(False, len(X) + 1), epochs(True, len(X))
    assert 10 < wrong < 17
    assert right < 1e-4
    return {"wrong": wrong, "right": right}


@check
def g6_carried_over() -> dict:
    outcome = run_program(PITFALLS["losses-carried-over"].wrong)
    assert isinstance(outcome.error, RuntimeError)
    assert str(outcome.error).startswith("Trying to backward through the graph a second time")
    assert run_program(PITFALLS["losses-carried-over"].right).error is None
    return {"batch": 2}


@check
def g7_no_grad() -> dict:
    w = torch.ones(1, requires_grad=True)
    with torch.no_grad():
        result = w * 2
        assert w.requires_grad
    assert not result.requires_grad
    assert w.requires_grad
    return {"result": str(result.requires_grad), "input": str(w.requires_grad)}


# H. Stopping, evaluation


@check
def h1_evaluate() -> dict:
    run = trained()
    X, y = data()
    with torch.no_grad():
        loss = squared_loss(linreg(X, run.w, run.b), y).mean()
    assert loss.grad_fn is None
    assert abs(loss.item() - run.epoch_losses[-1]) < 1e-9
    return {"loss": loss.item()}


@check
def h2_compare() -> dict:
    run = trained()
    difference = TRUE_W - run.w.reshape(TRUE_W.shape)
    assert difference.grad_fn is not None
    assert difference.abs().max() < 5e-3
    return {"largest": difference.abs().max().item(), "grad_fn": type(difference.grad_fn).__name__}


@check
def h3_learned_line() -> dict:
    run = trained()
    y_hat = linreg(data()[0], run.w, run.b)
    assert "Can't call numpy()" in message(lambda: y_hat.numpy())
    assert y_hat.detach().numpy().shape == (1000, 1)
    return {"shape": str(tuple(y_hat.shape))}


@check
def h4_floor() -> dict:
    def floor(seed: int) -> float:
        x = torch.linspace(-1, 1, 20).reshape(-1, 1)
        y = 2 * x + 5 + torch.randn(20, generator=seeded(seed)).reshape(-1, 1)
        return squared_loss(linreg(x, *least_squares(x, y)), y).mean().item()

    floors = [floor(seed) for seed in range(500)]
    fires = sum(value <= 0.1 for value in floors)
    assert floors[0] > 0.1
    assert fires <= 5
    outcome = run_program(PITFALLS["stop-rule-below-floor"].wrong)
    assert outcome.names["step"] == 1999
    return {
        "floor": floors[0],
        "median": statistics.median(floors),
        "fires": fires,
        "draws": len(floors),
    }


@check
def h5_least_squares() -> dict:
    X, y = data()
    w, b = least_squares(X, y)
    design = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    solution = torch.linalg.lstsq(design, y).solution
    assert torch.allclose(torch.cat([w, b.reshape(1, 1)]), solution, atol=1e-5)
    best, run = true_loss(w, b), trained(num_epochs=10)
    assert best <= run.epoch_losses[-1] * (1 + 1e-4)
    return {"best": best, "sgd": run.epoch_losses[-1]}
