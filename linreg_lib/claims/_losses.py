"""The experiments of claims D: loss (book: Claims, checked)."""

import torch
from torch import Tensor, nn

from linreg_lib import data_iter, squared_loss
from linreg_lib.claims._tools import TRUE_B, data, experiment, message, seeded, trained, true_loss
from linreg_lib.pitfalls import (
    mean_squared_loss,
    sgd_dividing_by,
    sgd_without_division,
    squared_loss_broadcasting,
)


@experiment
def d1_constant_factors() -> dict:
    y_hat = torch.tensor([[3.0]], requires_grad=True)
    squared_loss(y_hat, torch.tensor([[1.0]])).sum().backward()
    assert y_hat.grad.item() == 2, "half the square: the derivative is the difference itself"
    mean = trained(loss=mean_squared_loss, update=sgd_without_division)
    distance = (mean.step_params - trained().step_params).abs().max().item()
    assert distance < 1e-5
    return {"distance": distance}


@experiment
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


@experiment
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


@experiment
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


@experiment
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


@experiment
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


@experiment
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
