"""The experiments of claims C: model and parameters (book: Claims, checked)."""

import warnings

import torch

from linreg_lib.claims._tools import experiment, message, seeded, trained
from linreg_lib.pitfalls import sgd_rebinding


@experiment
def c1_leaves() -> dict:
    w = torch.normal(0, 0.01, (2, 1), generator=seeded(0), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    assert w.is_leaf
    assert b.is_leaf
    scaled = torch.normal(0, 1.0, (2, 1), generator=seeded(0), requires_grad=True) * 1.0
    assert not scaled.is_leaf
    ((w**2).sum() + b.sum() + (scaled**2).sum()).backward()
    assert w.grad is not None
    assert b.grad is not None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert scaled.grad is None
    assert "not a leaf Tensor is being accessed" in str(caught[0].message)
    return {"grad_fn": type(scaled.grad_fn).__name__}


@experiment
def c2_grad_is_none() -> dict:
    w = torch.zeros(2, requires_grad=True)
    assert w.grad is None
    error = message(lambda: w.grad.zero_())
    assert error == "AttributeError: 'NoneType' object has no attribute 'zero_'"
    (2 * w).sum().backward()
    assert w.grad.tolist() == [2, 2]
    torch.optim.SGD([w], lr=0.1).zero_grad()
    assert w.grad is None, "None does not say that no backward has been"
    return {"error": error}


@experiment
def c3_spreads() -> dict:
    w = torch.ones(2, requires_grad=True)
    chain = [w * 2, (w * 2).sum(), torch.ones(2) + w, w.max(), w.round()]
    assert all(t.requires_grad and t.grad_fn is not None for t in chain)
    silent = {
        "w > 0": w > 0,
        "w == 1": w == 1,
        "argmax": w.argmax(),
        "long": w.long(),
        "zeros_like": torch.zeros_like(w),
        "detach": w.detach(),
    }
    assert not any(t.requires_grad or t.grad_fn is not None for t in silent.values())
    with torch.no_grad():
        assert not (w * 2).requires_grad
    # What that hides: a loss made of comparisons has nothing to go back along.
    error = message(lambda: (w == 1).float().mean().backward())
    assert "does not require grad" in error
    return {"count": len(chain), "silent": len(silent), "error": error}


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
    large = int("1" + 20 * "0")  # no small number, of which Python keeps one object for all
    assert (lambda p: id(p))(large) == id(large), "immutable objects are handed over themselves"
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
