"""The experiments of claims D: loss (book: Claims, checked)."""

import torch
from torch import Tensor, nn

from linreg_lib import data_iter, squared_loss
from linreg_lib.claims._tools import (
    TRUE_B,
    TRUE_W,
    data,
    experiment,
    message,
    seeded,
    trained,
    true_loss,
)
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
    # Of the B labels that a prediction meets, one is its own: a B-th of the truth is left. The sum
    # over (B, B) numbers is B times as large; a B-th of the learning rate keeps the scatter small.
    for size, num_epochs in {1: 1, 5: 5, 10: 10, 50: 30}.items():
        options = {"lr": 0.03 / size, "batch_size": size, "num_epochs": num_epochs}
        run = trained(loss=squared_loss_broadcasting, **options)
        late = run.step_params[len(run.step_params) // 2 :].mean(dim=0)
        assert (late[:2] - TRUE_W / size).abs().max() < 0.1, size
        assert abs(late[2] - TRUE_B) < 0.3
        if size == 1:
            assert torch.equal(run.step_params, trained(**options).step_params), "nothing to see"
        if size == 10:
            (w1, w2), loss = late[:2].tolist(), true_loss(late[:2].reshape(2, 1), late[2:])
            printed = run.epoch_losses[-1]
    assert loss > 5
    assert printed > 7
    # And that factor B is why the steps become too long early: a rate of 0.2 leaves.
    assert not trained(loss=squared_loss_broadcasting, lr=0.2, num_epochs=5).epoch_losses[-1] < 1e6
    assert trained(lr=0.2, num_epochs=5).epoch_losses[-1] < 1e-3
    return {"w1": w1, "w2": w2, "printed": printed, "loss": loss}


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
    def ends(lr, batch_size):
        options = {"lr": lr, "batch_size": batch_size, "update": sgd_without_division}
        return [trained(seed, **options).epoch_losses[-1] for seed in range(5)]

    divided = trained(num_epochs=1).epoch_losses[0]
    undivided = trained(num_epochs=1, update=sgd_without_division).epoch_losses[0]
    assert undivided < divided / 10, "ten times the step is faster here, not divergent"
    holds, leaves = (0.03, 50), (0.03, 80)  # learning rate times batch size: 1.5 and 2.4
    for factor in (1, 5):  # the same product, from a larger rate and a smaller batch
        assert all(loss < 1e-2 for loss in ends(holds[0] * factor, holds[1] // factor))
        assert not any(loss < 1e3 for loss in ends(leaves[0] * factor, leaves[1] // factor))
    return {
        "divided": divided,
        "undivided": undivided,
        "holds": holds[0] * holds[1],
        "leaves": leaves[0] * leaves[1],
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
