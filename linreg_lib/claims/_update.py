"""The experiments of claims E: the update (book: Claims, checked)."""

import torch
from torch import Tensor

from linreg_lib import init_params, linreg, squared_loss
from linreg_lib.claims._tools import TRUE_B, data, experiment, message, run_program, seeded, trained
from linreg_lib.pitfalls import PITFALLS, sgd_data, sgd_keeping_gradients, sgd_weight_decay_typo


@experiment
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


@experiment
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


@experiment
def e3_leaves_may_change_in_place() -> dict:
    w = torch.ones(1, requires_grad=True)
    assert "leaf Variable" in message(lambda: w.add_(1))
    with torch.no_grad():
        w.add_(1)
    assert w.is_leaf
    assert w.requires_grad
    return {"w": w.item()}


@experiment
def e4_data() -> dict:
    assert torch.equal(trained(update=sgd_data).step_params, trained().step_params)
    outcome = run_program(PITFALLS["data-bypass"].wrong)
    assert outcome.error is None
    assert outcome.names["w"].grad.tolist() == [12, 12]
    w = torch.autograd.Variable(torch.ones(1), requires_grad=True)
    assert type(w) is Tensor, "Variable has been a tensor since 0.4"
    return {"wrong": outcome.names["w"].grad[0].item()}


@experiment
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


@experiment
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


@experiment
def e7_underscore() -> dict:
    x = torch.ones(2)
    error = message(lambda: x.zero())
    assert error == "AttributeError: 'Tensor' object has no attribute 'zero'"
    assert x.zero_() is x
    assert x.tolist() == [0, 0]
    assert x.add(1) is not x
    return {"error": error}


@experiment
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


@experiment
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
