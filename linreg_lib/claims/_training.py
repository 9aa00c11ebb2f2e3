"""The experiments of claims F: training (book: Claims, checked)."""

import math
import statistics

import torch

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
    return {
        "first": first,
        "second": second,
        "third": third,
        "floor": 0.01**2 / 2,
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


@experiment
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
    calm, wild = trained(lr=1.5, num_epochs=5), trained(lr=1.9, num_epochs=5)
    assert calm.epoch_losses[-1] < 1e-2
    assert not wild.epoch_losses[-1] < 1e-2
    return {"border": border, "largest": largest, "calm": 1.5, "wild": 1.9}


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
