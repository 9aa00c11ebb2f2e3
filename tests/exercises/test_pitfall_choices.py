"""The choices of the pitfalls' pages: what is called right is tried here."""

import copy
import itertools

import pytest
import torch

from linreg_lib.exercises import check, exercises


def texts(name):
    """The choices' first pieces of code, or their words."""
    choices = exercises()[name].choices.values()
    return [one["text"].split("`")[1] if "`" in one["text"] else one["text"] for one in choices]


def keys(name):
    return list(exercises()[name].choices)


def chosen(name, holds):
    """The keys for whose text something holds."""
    return [key for key, text in zip(keys(name), texts(name), strict=True) if holds(text)]


def works(program, **names):
    try:
        exec(program, {"torch": torch, **names})
    except RuntimeError:
        return False
    return True


def test_copies_keep_the_old_values():
    def kept(text):
        w = torch.ones(2)
        other = eval(text, {"w": w, "copy": copy})
        w -= 0.5
        return other.flatten()[0].item() == 1.0

    assert check("pitfall-alias-not-copy", chosen("pitfall-alias-not-copy", kept)).passed


def test_sizes_and_values():
    shapes = [tuple(eval(text, {"torch": torch}).shape) for text in texts("pitfall-capital-tensor")]
    assert shapes == [(2, 3), (2,), (2,), (1, 2)]
    assert check("pitfall-capital-tensor", "capital").passed


def test_ones_that_fit_everywhere():
    def fits(text):
        program = f"assert ({text}).device == X.device"
        try:
            return all(works(program, X=torch.ones(3, 2, device=one)) for one in ("cpu", "meta"))
        except AssertionError:  # made where X is not; `.cuda()` raises one of them without a GPU
            return False

    assert check("pitfall-device-mismatch", chosen("pitfall-device-mismatch", fits)).passed


def test_changes_in_place_while_recording():
    def allowed(text):
        w, x = torch.ones(1, requires_grad=True), torch.ones(3)
        under = "with torch.no_grad(): " if text == "w += 1" and next(seen) else ""
        return works(f"h = x * w; {text}" if text[0] == "h" else under + text, w=w, x=x)

    seen = itertools.count()
    assert check("pitfall-leaf-in-place", chosen("pitfall-leaf-in-place", allowed)).passed


def test_leaves():
    name = "pitfall-not-a-leaf"
    assert check(name, chosen(name, lambda text: eval(text, {"torch": torch}).is_leaf)).passed


def test_numpy_writes_unseen():
    w = torch.tensor([2.0, 3.0], requires_grad=True)
    before, array = w._version, w.detach().numpy()
    array[0] = 100
    assert w[0].item() == 100 and w._version == before
    assert check("pitfall-numpy-requires-grad", "silent").passed


def test_results_that_may_be_changed():
    def bears(text):
        w = torch.ones(2, requires_grad=True)
        return works(text + "; h += 1; h.sum().backward()", w=w)

    assert check(
        "pitfall-saved-tensor-modified", chosen("pitfall-saved-tensor-modified", bears)
    ).passed


def test_lines_that_write():
    def changes(text):
        t = torch.ones(2)
        exec(text, {"t": t, "torch": torch})
        return t._version > 0

    name = "pitfall-zero-without-underscore"
    assert check(name, chosen(name, changes)).passed


def test_orders_that_train():
    def trains(text):
        w = torch.zeros(1, requires_grad=True)
        w.grad = torch.zeros(1)
        for _ in range(20):
            loss = 14 / 6 * (w - 2) ** 2
            for action in text.split(", "):
                if action == "backward":
                    loss.backward()
                elif action == "clear":
                    w.grad.zero_()
                else:
                    with torch.no_grad():
                        w -= 0.1 * w.grad
        return abs(w.item() - 2) < 1e-3

    name = "pitfall-zero-before-step"
    assert len(keys(name)) == 6 and check(name, chosen(name, trains)).passed


def test_what_keeps_a_graph():
    def keeps(text):
        names = {"loss": torch.ones(3, requires_grad=True).exp().sum(), "history": [], "total": 0.0}
        exec(text, names)
        held = [*names["history"], names["total"]]
        return any(getattr(one, "grad_fn", None) is not None for one in held)

    name = "pitfall-total-keeps-graph"
    assert check(name, chosen(name, keeps)).passed


def test_units_of_the_data():
    w, b, m, s, x = 1.5, 4.0, 2.0, 0.25, torch.linspace(-1, 5, 7)

    def same(text):
        weight, bias = (
            eval(
                part.replace("w m", "w * m").replace("w s", "w * s"),
                {"w": w, "b": b, "m": m, "s": s},
            )
            for part in text.split(" and ")
        )
        return torch.allclose(weight * x + bias, w * (x - m) / s + b)

    (right,) = chosen("pitfall-unscaled-features", same)
    assert check("pitfall-unscaled-features", right).passed


def test_a_table_knows_only_the_sum_of_the_labels():
    x, y = torch.tensor([1.0, 2.0, 3.0]).reshape(-1, 1), torch.tensor([2.0, 4.0, 6.0])
    ends = []
    for labels in (y, y[[2, 0, 1]]):
        w = torch.zeros(1, requires_grad=True)
        for _ in range(300):
            (grad,) = torch.autograd.grad(((x * w - labels) ** 2).mean(), w)
            w = (w - 0.1 * grad).detach().requires_grad_()
        ends.append(w.item())
    assert ends[0] == pytest.approx(ends[1]) and check("pitfall-broadcast-n-n", "same").passed


def test_the_border_itself():
    distance, c = 1.0, 3.0
    for _ in range(10):
        distance -= 2 / c * c * distance
    assert abs(distance) == pytest.approx(1) and check("pitfall-lr-too-large", "stays").passed


def test_what_is_left_of_a_parameter():
    def stays(text):
        w = torch.ones(1, requires_grad=True)
        (w**2).sum().backward()
        names = {"w": w, "torch": torch}
        off = text.endswith("no_grad")
        try:
            exec(("with torch.no_grad(): " if off else "") + text.split(" under")[0], names)
        except RuntimeError:
            return False
        return names["w"].is_leaf and names["w"].requires_grad

    name = "pitfall-rebind-under-no-grad"
    plain = [one["text"].replace("`", "") for one in exercises()[name].choices.values()]
    assert [key for key, text in zip(keys(name), plain, strict=True) if stays(text)] == [
        "in-place-off"
    ]
    assert check(name, "in-place-off").passed


def test_a_list_keeps_its_order():
    batches = list(torch.randperm(1000).split(10))
    first, second = ([batch.tolist() for batch in batches] for epoch in range(2))
    assert first == second and check("pitfall-generator-exhausted", "order").passed


def test_a_quarter_of_the_rate_doubles_the_swing():
    def period(lr, c=14 / 3):
        place, total, path = 0.0, 0.0, []
        for _ in range(800):
            total += c * (place - 2)
            place -= lr * total
            path.append(place)
        ups = [i for i in range(1, 800) if path[i - 1] < 2 <= path[i]]
        return (ups[-1] - ups[0]) / (len(ups) - 1)

    assert period(0.0025) / period(0.01) == pytest.approx(2, rel=0.05)
    assert check("pitfall-forgotten-zero", "twice").passed
