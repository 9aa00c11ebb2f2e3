"""The experiments of claims H: stopping and evaluating (book: Claims, checked)."""

import statistics

import torch

from linreg_lib import least_squares, linreg, squared_loss
from linreg_lib.claims._tools import (
    TRUE_W,
    data,
    experiment,
    message,
    run_program,
    seeded,
    trained,
    true_loss,
)
from linreg_lib.pitfalls import PITFALLS


@experiment
def h1_evaluate() -> dict:
    run = trained()
    X, y = data()
    with torch.no_grad():
        loss = squared_loss(linreg(X, run.w, run.b), y).mean()
    assert loss.grad_fn is None
    assert squared_loss(linreg(X, run.w, run.b), y).mean().grad_fn is not None, "else there is one"
    assert abs(loss.item() - run.epoch_losses[-1]) < 1e-9
    return {"loss": loss.item()}


@experiment
def h2_compare() -> dict:
    run = trained()
    difference = TRUE_W - run.w.reshape(TRUE_W.shape)
    assert difference.grad_fn is not None
    with torch.no_grad():
        assert "grad_fn" not in repr(TRUE_W - run.w.reshape(TRUE_W.shape))
    assert "grad_fn=<SubBackward0>" in repr(difference)
    assert difference.abs().max() < 5e-3
    return {"largest": difference.abs().max().item(), "grad_fn": type(difference.grad_fn).__name__}


@experiment
def h3_learned_line() -> dict:
    run = trained()
    y_hat = linreg(data()[0], run.w, run.b)
    assert "Can't call numpy()" in message(lambda: y_hat.numpy())
    assert y_hat.detach().numpy().shape == (1000, 1)
    return {"shape": str(tuple(y_hat.shape))}


@experiment
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


@experiment
def h5_least_squares() -> dict:
    X, y = data()
    w, b = least_squares(X, y)
    design = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    solution = torch.linalg.lstsq(design, y).solution
    assert torch.allclose(torch.cat([w, b.reshape(1, 1)]), solution, atol=1e-5)
    best, run = true_loss(w, b), trained(num_epochs=10)
    assert best <= run.epoch_losses[-1] * (1 + 1e-4)
    return {"best": best, "sgd": run.epoch_losses[-1]}
