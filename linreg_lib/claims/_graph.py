"""The experiments of claims G: the graph (book: Claims, checked)."""

import torch

from linreg_lib import data_iter, init_params, linreg, sgd, squared_loss
from linreg_lib.claims._tools import data, experiment, message, seeded, true_loss


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
    plain, w.grad = (w + 1).sum(), None
    plain.backward()
    plain.backward()
    assert w.grad.tolist() == [2, 2], "walked twice, added twice"
    return {"error": error}


@experiment
def g4_second_backward() -> dict:
    x = torch.tensor([1.0, 2.0, 3.0])
    second = "Trying to backward through the graph a second time"
    start = torch.ones(1, requires_grad=True)

    def fails(outside, loss, **options) -> str:
        """Train three rounds with something made outside the loop; return the error, or ""."""
        w = start.detach().clone().requires_grad_()
        kept = outside(w)
        for _ in range(3):
            total, kept = loss(w, kept)
            try:
                total.backward(**options)
            except RuntimeError as error:
                return str(error).split(". ")[0]
            with torch.no_grad():
                w -= 0.1 * w.grad
            w.grad = None
        return ""

    def fit(prediction, labels):
        return ((prediction - labels) ** 2 / 2).mean()

    def carry(w, state):
        state = torch.tanh(x * w + state)
        return fit(state, x), state

    def add_up(w, total):
        total = total + fit(x * w, x)
        return total, total

    causes = {
        "a loss computed before the loop": (lambda w: fit(x * w, 2 * x), lambda w, k: (k, k)),
        "labels made from w": (lambda w: (x * w) ** 2, lambda w, k: (fit(x * w, k), k)),
        "a parameter scaled before the loop": (lambda w: w * 0.1, lambda w, k: (fit(x * k, x), k)),
        "a state carried over": (lambda w: torch.zeros(3), carry),
        "a running total": (lambda w: 0.0, add_up),
    }
    for cause, (outside, loss) in causes.items():
        assert fails(outside, loss).startswith(second), cause
    # A subtraction saves nothing: what it made may be walked through again and again.
    assert fails(lambda w: w - 0.1, lambda w, k: (fit(x * k, x), k)) == ""
    # Silenced, the first loss goes on being walked; or its saved tensors are found changed.
    outside, loss = causes["a loss computed before the loop"]
    assert fails(outside, loss, retain_graph=True) == ""
    modified = fails(lambda w: fit((x * w) * w, x), lambda w, k: (k, k), retain_graph=True)
    assert "modified by an inplace operation" in modified

    def trained_weight(retain: bool) -> float:
        w = torch.zeros(1, requires_grad=True)
        kept = fit(x * w, 2 * x)
        for _ in range(20):
            (kept if retain else fit(x * w, 2 * x)).backward(retain_graph=retain)
            with torch.no_grad():
                w -= 0.1 * w.grad
            w.grad = None
        return w.item()

    wrong, right = trained_weight(True), trained_weight(False)
    assert abs(right - 2) < 1e-3
    assert abs(wrong - 2) > 5
    return {"causes": len(causes), "wrong": wrong, "right": right}


@experiment
def g5_joined_losses() -> dict:
    X, y = data()

    minibatches = list(data_iter(10, X, y, shuffle=False))

    def epochs(keep_results: bool, count: int) -> float:
        w, b = init_params(2, generator=seeded(1))
        for _ in range(300):
            losses = [squared_loss(linreg(x, w, b), label) for x, label in minibatches]
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
    X, y = data()
    w, b = init_params(2, generator=seeded(1))
    carried, failed = 0.0, None
    for number, (x, label) in enumerate(data_iter(100, X, y, shuffle=False), start=1):
        carried = carried + squared_loss(linreg(x, w, b), label).sum()
        try:
            carried.backward()
        except RuntimeError as error:
            assert str(error).startswith("Trying to backward through the graph a second time")
            failed = number
            break
        sgd([w, b], 0.03, len(x))
    assert failed == 2
    # The same sum, walked once at the end, raises nothing.
    w, b = init_params(2, generator=seeded(1))
    sum(squared_loss(linreg(x, w, b), label).sum() for x, label in data_iter(100, X, y)).backward()
    assert w.grad is not None
    return {"batch": failed}


@experiment
def g7_no_grad() -> dict:
    w = torch.ones(1, requires_grad=True)
    with torch.no_grad():
        result = w * 2
        inside = w.requires_grad
        made = torch.zeros(1, requires_grad=True)
        parameter = torch.nn.Parameter(torch.ones(1))
    assert not result.requires_grad
    assert inside
    assert w.requires_grad
    assert made.requires_grad
    assert parameter.requires_grad
    return {"result": str(result.requires_grad), "input": str(inside)}
