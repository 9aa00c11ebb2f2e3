"""The experiments of claims C: model and parameters (book: Claims, checked)."""

import torch

from linreg_lib.claims._tools import experiment, message, run_program, seeded, trained
from linreg_lib.pitfalls import PITFALLS, sgd_rebinding


@experiment
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


@experiment
def c2_grad_is_none() -> dict:
    w = torch.zeros(2, requires_grad=True)
    assert w.grad is None
    error = message(lambda: w.grad.zero_())
    assert error == "AttributeError: 'NoneType' object has no attribute 'zero_'"
    (2 * w).sum().backward()
    assert w.grad.tolist() == [2, 2]
    return {"error": error}


@experiment
def c3_spreads() -> dict:
    w = torch.ones(2, requires_grad=True)
    chain = [w * 2, (w * 2).sum(), torch.ones(2) + w]
    assert all(t.requires_grad and t.grad_fn is not None for t in chain)
    with torch.no_grad():
        assert not (w * 2).requires_grad
    return {"count": len(chain)}


@experiment
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


@experiment
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


@experiment
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


@experiment
def c7_loop_variable() -> dict:
    stuck, right = trained(update=sgd_rebinding), trained()
    assert stuck.epoch_losses[0] == stuck.epoch_losses[-1] > 10
    assert right.epoch_losses[-1] < 1e-4
    return {"stuck": stuck.epoch_losses[-1], "right": right.epoch_losses[-1]}
