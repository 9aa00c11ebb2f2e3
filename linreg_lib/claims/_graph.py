"""The experiments of claims G: the graph (book: Claims, checked)."""

import torch

from linreg_lib import data_iter, init_params, linreg, sgd, squared_loss
from linreg_lib.claims._tools import data, experiment, message, run_program, seeded, true_loss
from linreg_lib.pitfalls import PITFALLS


@experiment
def g1_nodes_are_operations() -> dict:
    w = torch.ones(2, requires_grad=True)
    loss = (w * 3).sum()
    names, node = [], loss.grad_fn
    while node is not None:
        names.append(node.name().split("::")[-1])
        node = node.next_functions[0][0] if node.next_functions else None
    assert names == ["SumBackward0", "MulBackward0", "AccumulateGrad"]
    return {"names": ", ".join(names)}


@experiment
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


@experiment
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


@experiment
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


@experiment
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


@experiment
def g6_carried_over() -> dict:
    outcome = run_program(PITFALLS["losses-carried-over"].wrong)
    assert isinstance(outcome.error, RuntimeError)
    assert str(outcome.error).startswith("Trying to backward through the graph a second time")
    assert run_program(PITFALLS["losses-carried-over"].right).error is None
    return {"batch": 2}


@experiment
def g7_no_grad() -> dict:
    w = torch.ones(1, requires_grad=True)
    with torch.no_grad():
        result = w * 2
        assert w.requires_grad
    assert not result.requires_grad
    assert w.requires_grad
    return {"result": str(result.requires_grad), "input": str(w.requires_grad)}
