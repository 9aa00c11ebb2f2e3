"""The experiments of claims E: the update (book: Claims, checked)."""

import warnings

import torch
from torch import Tensor

from linreg_lib import init_params, linreg, squared_loss
from linreg_lib.claims._tools import TRUE_B, data, experiment, message, seeded, trained
from linreg_lib.pitfalls import sgd_data, sgd_keeping_gradients, sgd_weight_decay_typo


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
    assert abs(w.item() - 0.8) < 1e-6
    # The second reason: recorded steps hang on one another, unrecorded ones do not.
    lengths = []
    for record in (True, False):
        v = torch.ones(1, requires_grad=True)
        for _ in range(20):
            with torch.set_grad_enabled(record):
                v = v - 0.1 * v.detach()
        node, nodes = v.grad_fn, 0
        while node is not None:
            node, nodes = (
                next((n for n, _ in node.next_functions if n is not None), None),
                nodes + 1,
            )
        lengths.append(nodes)
    assert lengths[0] > 20
    assert lengths[1] == 0
    return {"nodes": lengths[0]}


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
    (2 * w).backward()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert w.grad is None
        error = message(lambda: 0.1 * w.grad)
    assert "not a leaf Tensor" in str(caught[0].message)
    assert "NoneType" in error
    assert old.grad.item() == 4, "the old leaf is still served, a second time by now"
    with torch.no_grad():
        w = old - 0.1 * old.grad
    assert "does not require grad" in message(lambda: (2 * w).backward())
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
    gradients = []
    for edit in (0, 5):
        w = torch.ones(2, requires_grad=True)
        loss = (w**2).sum()
        w.data.add_(edit)  # between forward and backward, unseen
        loss.backward()
        gradients.append(w.grad[0].item())
    right, wrong = gradients
    assert (right, wrong) == (2, 12)
    variable = torch.autograd.Variable(torch.ones(1), requires_grad=True)
    assert type(variable) is Tensor, "Variable has been a tensor since 0.4"
    return {"wrong": wrong, "right": right}


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

    def in_parts(count: int) -> tuple[Tensor, int]:
        """Return the gradient and the most that a graph kept for `backward`, in bytes."""
        w.grad = b.grad = None
        most = 0
        for x, label in zip(X.chunk(count), y.chunk(count), strict=True):
            kept = []
            hooks = torch.autograd.graph.saved_tensors_hooks(
                lambda t, kept=kept: (kept.append(t.numel() * t.element_size()), t)[1], lambda t: t
            )
            with hooks:
                loss = squared_loss(linreg(x, w, b), label).sum()
            loss.backward()
            most = max(most, sum(kept))
        return torch.cat([w.grad.flatten(), b.grad]), most

    (whole, at_once), (parts, at_a_time) = in_parts(1), in_parts(10)
    error = ((whole - parts).norm() / whole.norm()).item()
    assert error < 1e-5
    share = at_a_time / at_once
    assert 0.09 < share < 0.11
    return {"parts": 10, "error": error, "at_once": at_once, "at_a_time": at_a_time}


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
    tensors = (w, b, unused, x)
    return {"reached": sum(t.grad is not None for t in tensors), "of": len(tensors)}


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
