"""How a gradient changed is known, not guessed from the text of the line."""

import pytest

from linreg_lib.autograd import trace

START = """\
import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
l = (w * 3).sum()
def step(loss):
    loss.backward(retain_graph=True)
class Trainer:
    def fit(self, loss):
        torch.autograd.backward([loss], retain_graph=True)
go = l.backward
"""


def kinds(*lines, watch=None):
    """Kinds and ends of what the last of these lines did to gradients."""
    recording = trace(START + "\n".join(lines), watch=watch)
    assert recording.ended["reason"] == "end", recording.ended
    return [
        (fact["kind"], fact.get("from"), fact.get("to"), *([n] if (n := fact.get("times")) else []))
        for fact in recording.step(-1)["changed"]
        if fact["kind"].startswith("grad-") and fact["kind"] != "grad-fn"
    ]


THREE, SIX, NINE = "[3., 3.]", "[6., 6.]", "[9., 9.]"
KEEP = "l.backward(retain_graph=True)"


@pytest.mark.parametrize(
    "call",
    [
        KEEP,
        "torch.autograd.backward(l, retain_graph=True)",
        "step(l)",
        "Trainer().fit(l)",
        "go(retain_graph=True)",
        "getattr(l, 'back' + 'ward')(retain_graph=True)",
        "for _ in [1]: l.backward(retain_graph=True)",
        "l.backward(retain_graph=True, create_graph=True)",
        "l.backward(inputs=[w], retain_graph=True)",
        "[f(retain_graph=True) for f in [l.backward]]",
        "exec('l.back' 'ward(retain_graph=True)')",
    ],
)
@pytest.mark.filterwarnings("ignore:Using backward")
def test_however_backward_is_called_the_gradient_arrived(call):
    assert ("grad-stored", None, THREE) in told_by(call)
    assert ("grad-added", THREE, SIX) in told_by(KEEP, call)
    assert ("grad-added", "[0., 0.]", THREE) in told_by(KEEP, "w.grad.zero_()", call)


def told_by(*lines):
    """What all steps of these lines did: a call of the program's own has several."""
    recording = trace(START + "\n".join(lines))
    assert recording.ended["reason"] == "end", recording.error
    return [
        (fact["kind"], fact.get("from"), fact.get("to"))
        for k in range(len(recording))
        for fact in recording.step(k)["changed"]
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("w.grad.mul_(2)  # no backward here", [("grad-edited", THREE, SIX)]),
        ("print('backward'), w.grad.add_(w.grad)", [("grad-edited", THREE, SIX)]),
        ("w.grad = w.grad * 2", [("grad-replaced", THREE, SIX)]),
        ("w.grad = None", [("grad-none", THREE, None)]),
        ("w.grad.zero_()", [("grad-zeroed", THREE, None)]),
        ("w.grad = torch.zeros(2)", [("grad-replaced", THREE, "[0., 0.]")]),
        ("torch.autograd.grad(l, w, retain_graph=True)", []),
        ("x = [l.backward(retain_graph=True) for _ in range(2)]", [("grad-added", THREE, NINE, 2)]),
        (
            "x = l.backward(retain_graph=True), w.grad.zero_()",
            [("grad-added", THREE, SIX), ("grad-zeroed", SIX, None)],
        ),
        (
            "x = l.backward(retain_graph=True), setattr(w, 'grad', None)",
            [("grad-added", THREE, SIX), ("grad-none", SIX, None)],
        ),
        (
            "x = setattr(w, 'grad', None), l.backward(retain_graph=True)",
            [("grad-stored", None, THREE)],
        ),
        (
            "x = l.backward(retain_graph=True), w.data.mul_(2)",
            [("grad-added", THREE, SIX), ("grad-stale", None, None)],
        ),
        ("(w * 0).sum().backward()", [("grad-added", THREE, THREE)]),
        ("(w * -1).sum().mul(3).backward()", [("grad-added", THREE, "[0., 0.]")]),
    ],
)
def test_what_else_a_line_does_to_a_gradient(line, expected):
    assert kinds(KEEP, line) == expected


def test_a_leaf_that_only_the_graph_knows():
    recording = trace(
        "import torch\nl = (torch.ones(2, requires_grad=True) * 3).sum()\nl.backward()"
    )
    (fact, *_) = recording.step(-1)["changed"]
    assert fact == {"kind": "grad-stored", "tensor": "t2", "to": "[3., 3.]"}
    assert recording.changed(-1)[0] == "unnamed leaf t2.grad: None → [3., 3.], stored"


def test_a_gradient_that_came_in_another_thread_is_only_said_to_be_there():
    recording = trace(
        START + "import threading\nt = threading.Thread(target=l.backward)\nt.start()\nt.join()\n"
    )
    facts = [f for k in (-2, -1) for f in recording.step(k)["changed"]]
    assert {"kind": "grad-set", "tensor": "t1", "name": "w", "to": THREE} in facts
    told = [text for k in (-2, -1) for text in recording.changed(k)]
    assert "w.grad: set, None → [3., 3.]" in told


def test_a_line_that_ends_with_an_error_in_the_middle_of_backward():
    recording = trace(START + "y = w.exp()\ny += 1\ny.sum().backward()")
    kinds = [fact["kind"] for fact in recording.step(-1)["changed"]]
    assert kinds[0] == "error" and not any(kind.startswith("grad-") for kind in kinds)
