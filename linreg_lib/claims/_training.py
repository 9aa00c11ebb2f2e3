"""The experiments of claims F: training (book: Claims, checked)."""

import math
import statistics

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from linreg_lib import init_params, linreg, squared_loss, train
from linreg_lib.claims._tools import TRUE_B, TRUE_W, data, experiment, seeded, trained, true_loss


@experiment
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
    floor = statistics.median(
        true_loss(TRUE_W.reshape(2, 1), torch.tensor([TRUE_B]), seed) for seed in range(20)
    )
    assert abs(third / floor - 1) < 0.05, "what is left is what the true parameters leave"
    return {
        "first": first,
        "second": second,
        "third": third,
        "floor": floor,
        "error": statistics.median(errors),
    }


@experiment
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


class _Divisions(TorchFunctionMode):
    """Counts the divisions that are made, and those whose divisor holds a zero."""

    def __init__(self):
        super().__init__()
        self.made = self.by_zero = 0

    def __torch_function__(self, func, types, args=(), kwargs=None):
        if "div" in getattr(func, "__name__", ""):
            self.made += 1
            self.by_zero += bool((torch.as_tensor(args[1]) == 0).any())
        return func(*args, **(kwargs or {}))


@experiment
def f3_overflow() -> dict:
    batches = []
    with _Divisions() as divisions:
        run = trained(lr=10.0, num_epochs=1, on_step=lambda step: batches.append((step.X, step.y)))
    assert divisions.made >= len(batches) * 3, "one in the loss, one for each parameter"
    assert divisions.by_zero == 0

    def first(found: Tensor) -> int:
        return int(found.reshape(len(found), -1).any(dim=1).nonzero()[0])

    infinite = first(run.step_losses.isinf())
    assert torch.isfinite(run.step_params[:infinite]).all(), "the loss overflows first"
    overflown = first(run.step_params.isinf())
    undefined = first(run.step_grads.isnan())
    assert 10 < infinite < overflown < undefined < 60
    # The first nan of all is in that gradient: neither the parameters nor the loss are nan yet.
    assert not run.step_params[:undefined].isnan().any()
    assert not run.step_losses[: undefined + 1].isnan().any()
    # It is a sum over the minibatch of error times feature, with terms of both signs.
    w, b = run.step_params[undefined - 1].split([2, 1])
    X, y = batches[undefined]
    terms = (linreg(X, w.reshape(2, 1), b) - y) * X
    assert not terms.isnan().any()
    both = (terms == math.inf).any(dim=0) & (terms == -math.inf).any(dim=0)
    assert torch.equal(both, run.step_grads[undefined, :2].isnan())
    in_double = train(*(t.double() for t in data()), lr=10.0, num_epochs=1, generator=seeded(100))
    assert torch.isfinite(in_double.step_losses[infinite]), "a wider range only delays it"
    return {
        "infinite": infinite + 1,
        "undefined": undefined + 1,
        "divisions": divisions.made,
        "by_zero": divisions.by_zero,
    }


@experiment
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
    # The smaller the minibatch, the earlier: three orders of the same data each.
    calm, wild = {1: 0.4, 10: 1.5}, {1: 0.7, 10: 1.9}

    def ends(lr, batch_size):
        options = {"lr": lr, "batch_size": batch_size, "num_epochs": 1 if batch_size == 1 else 3}
        return [train(X, y, generator=seeded(s), **options).epoch_losses[-1] for s in range(3)]

    for batch_size in (1, 10):
        assert all(loss < 1e-2 for loss in ends(calm[batch_size], batch_size))
        assert not any(loss < 1e3 for loss in ends(wild[batch_size], batch_size))
    return {
        "border": border,
        "calm": calm[10],
        "wild": wild[10],
        "calm_one": calm[1],
        "wild_one": wild[1],
    }


@experiment
def f5_fresh_parameters() -> dict:
    first = trained()
    again = trained(seed=0, w=first.w, b=first.b, lr=0.001)
    fresh = trained(lr=0.001)
    assert again.epoch_losses[0] < 1e-4
    assert fresh.epoch_losses[0] > 10
    return {"stale": again.epoch_losses[0], "fresh": fresh.epoch_losses[0]}


@experiment
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


@experiment
def f7_running_total() -> dict:
    w = torch.ones(1, requires_grad=True)
    total, number = torch.zeros(()), 0.0
    for _ in range(2000):
        loss = (w * 2).sum()
        total = total + loss
        number = number + loss.item()
    nodes, graphs, node = 0, 0, total.grad_fn
    while node is not None and node.name() == "AddBackward0":
        # One edge leads to the earlier sum, the other to the graph of this step's loss.
        (earlier, _), (loss_node, _) = node.next_functions
        nodes, graphs = nodes + 1, graphs + (loss_node.name() == "SumBackward0")
        node = earlier
    assert nodes == graphs == 2000
    assert isinstance(number, float)
    assert number == total.item()
    return {"nodes": nodes}


@experiment
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
