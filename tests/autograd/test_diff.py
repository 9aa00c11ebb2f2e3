"""What changed, in words."""

import pytest

from linreg_lib.autograd import diff, trace
from linreg_lib.recording import snapshot

START = "import torch\nw = torch.ones(2, requires_grad=True)\nx = torch.ones(2)\n"


def words(*lines):
    """What the last of these lines changed."""
    recording = trace(START + "\n".join(lines))
    assert recording.ended["reason"] == "end", recording.ended
    return recording.changed(-1)


BACKWARD = "(w * 2).sum().backward()"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["x = 3"], ["x: gone"]),
        (["del x"], ["x: gone"]),
        (["x.zero_()"], ["x: same object, version 0 → 1, values changed in place"]),
        (["x.add_(0)"], ["x: same object, version 0 → 1, values as before"]),
        (["x.requires_grad_()"], ["x: requires_grad is now True"]),
        (
            ["x.numpy()[0] = 5"],
            ["x: same object, values changed in place, version still 0: autograd does not know"],
        ),
        (["y = x"], ["y: the same object as x"]),
        (["y = x[:1]"], ["y: new, does not require grad, shares the memory of x"]),
        (["x = w"], ["x: now another object, the same as w"]),
        (["x = x.clone()"], ["x: now a new object, does not require grad"]),
        ([BACKWARD], ["w.grad: None → [2., 2.], stored"]),
        ([BACKWARD, BACKWARD], ["w.grad: [2., 2.] → [4., 4.], added to what was there"]),
        ([BACKWARD, "w.grad.zero_()"], ["w.grad: cleared to zero"]),
        (
            [BACKWARD, "w.grad.zero_()", BACKWARD],
            ["w.grad: [0., 0.] → [2., 2.], added to what was there"],
        ),
        ([BACKWARD, "w.grad.mul_(2)"], ["w.grad: changed in place, [2., 2.] → [4., 4.]"]),
        ([BACKWARD, "w.grad = x"], ["w.grad: now a new object, [1., 1.]"]),
        ([BACKWARD, "w.grad = w.grad.clone()"], ["w.grad: now a new object, [2., 2.]"]),
        ([BACKWARD, "w.grad = None"], ["w.grad: now None"]),
        (
            ["y = w * 2"],
            [
                "y: new, not a leaf, made by MulBackward0",
                "graph: AccumulateGrad and MulBackward0 added",
            ],
        ),
        (
            ["y = w * 2", "y.detach_()"],
            [
                "y: requires_grad is now False",
                "y: same object, now without grad_fn",
                "graph: AccumulateGrad and MulBackward0 gone",
            ],
        ),
        (
            ["w.data = torch.zeros(2)"],
            [
                "w: same object, values changed in place, version still 0: autograd does not know",
                "w: same object, now in other memory",
            ],
        ),
    ],
)
def test_one_line(lines, expected):
    assert words(*lines) == expected


def test_a_tensor_that_comes_with_a_gradient():
    recording = trace("v = w", {"w": _with_grad()}, watch=["v"])
    assert recording.changed(1) == ["v: new, a leaf that requires grad", "v.grad: [2., 2.]"]


def _with_grad():
    namespace = {}
    exec(START + BACKWARD, namespace)
    return namespace["w"]


def test_steps_that_do_not_follow_each_other():
    recording = trace(START + f"{BACKWARD}\nx = w\n{BACKWARD}")
    a, b = recording.step(4), recording.step(6)
    # What lies between is not known: no guess how the gradient came about.
    assert diff(a, b) == [
        "x: now another object, the same as w",
        "w.grad: changed in place, [2., 2.] → [4., 4.]",
    ]
    assert diff(b, b) == []


def test_many_kinds_of_nodes_are_listed_shortly():
    (_, graph) = words("y = ((((w * 2).exp() + 1).sin().cos().tanh() / 2).relu().abs()).sum()")
    assert graph == (
        "graph: AccumulateGrad, MulBackward0, ExpBackward0, AddBackward0, SinBackward0 "
        "and 6 other kinds added"
    )


def test_after_too_many_nodes_no_graph_is_recorded_and_it_is_said(monkeypatch):
    monkeypatch.setattr(snapshot, "MAX_TABLE", 3)
    recording = trace(START + "y = (w * 2).exp()\nz = y.exp()")
    assert recording.cut == ["After 3 nodes no further graph is recorded."]
    assert recording.step(-1)["nodes"] == {}
    (z,) = [t for t in recording.step(-1)["tensors"].values() if t["names"] == ["z"]]
    assert z["grad_fn"] == "ExpBackward0" and z["node"] is None
