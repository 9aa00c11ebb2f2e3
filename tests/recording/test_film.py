"""Backward, node by node: every number on the way is what `torch.autograd.grad` says it is."""

import json
import math
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from linreg_lib.autograd import trace
from linreg_lib.pitfalls import PITFALLS
from linreg_lib.recording import validate

START = """\
import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
"""


def films(code):
    """All films of a program, each with the step that it belongs to."""
    recording = trace(code, max_steps=1000)
    validate(json.loads(recording.to_json()))
    return [
        (film, recording.step(k))
        for k, step in enumerate(recording.data["steps"])
        for film in step.get("films", ())
    ]


def film(*lines):
    """The film of the last of these lines."""
    return films(START + "\n".join(lines))[-1][0]


def numbers(amount):
    return [float(x) for x in amount["numbers"]]


def by_op(film):
    return {stop["op"]: stop for stop in film["stops"]}


def close(told, true):
    """Numbers are told with 4 significant digits."""
    return told == pytest.approx([float(x) for x in true], rel=6e-4, abs=1e-6, nan_ok=True)


def test_the_default_program_is_recorded_as_it_was_worked_out_by_hand():
    example = json.loads(Path(__file__).with_name("default_program.json").read_text("utf-8"))
    recorded = json.loads(trace(example["code"]).to_json())
    assert {**recorded, "engine": example["engine"]} == example


# Random graphs ---------------------------------------------------------------------------------

UNARY = [
    "{a}.exp()", "-{a}", "{a} ** 2", "{a} ** 3", "{a}.sigmoid()", "{a}.tanh()", "{a}.relu()",
    "{a} * 0.5", "{a} / 2", "2 - {a}", "{a}.abs()", "({a} * {a} + 1).log()",
    "({a} * {a} + 1).sqrt()", "{a}.clone()", "{a}.reshape({a}.shape)", "{a}.sum()", "{a}.mean()",
]  # fmt: skip
BINARY = ["{a} + {b}", "{a} - {b}", "{a} * {b}", "{a} / ({b} * {b} + 1)", "{a} + {a}"]
MATRIX = ["{m} @ {n}.T", "({m}.T @ {n})", "torch.mm({m}, {n}.T)", "{m}.mv({n}[0])"]


@st.composite
def programs(draw):
    """A program of named tensors that ends with `l`, a number computed from some of them."""
    lines = [
        "import torch",
        "w = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7]], requires_grad=True)",
        "c = torch.tensor([0.2, -0.4, 1.0], requires_grad=True)",
        "k = torch.tensor(1.5, requires_grad=True)",
        "x = torch.tensor([[1.0, 2.0, -1.0], [0.5, 0.1, 3.0]])",
    ]
    pool, matrices = ["w", "c", "k"], ["w", "x"]
    for i in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from("uubbbm"))
        name = f"t{i}"
        if kind == "m":
            m, n = draw(st.sampled_from(matrices)), draw(st.sampled_from(matrices))
            line = f"{name} = ({draw(st.sampled_from(MATRIX)).format(m=m, n=n)}).sum()"
        else:
            text = draw(st.sampled_from(UNARY if kind == "u" else BINARY))
            a, b = draw(st.sampled_from(pool)), draw(st.sampled_from(["w", "c", "k", "x"]))
            line = f"{name} = {text.format(a=a, b=b)}"
        try:
            exec("\n".join([*lines, line]), {})
        except RuntimeError:  # shapes that do not fit
            continue
        lines.append(line)
        pool.append(name)
    used = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3))
    total = " + ".join(f"{name}.sum()" for name in used)
    return [*lines, f"l = {total} + 0 * w.sum()"]


def check_against_autograd(lines):
    """Compare what comes into each node that a name refers to, and what leaves get."""
    namespace = {}
    exec("\n".join(lines), namespace)
    tensors = {n: t for n, t in namespace.items() if isinstance(t, torch.Tensor)}
    tensors = {n: t for n, t in tensors.items() if t.requires_grad}
    true = torch.autograd.grad(namespace["l"], list(tensors.values()), allow_unused=True)
    true = dict(zip(tensors, true, strict=True))
    ((film, state),) = films("\n".join([*lines, "l.backward()"]))
    assert film["complete"] and not film["error"] and film["returned"] is None
    stops = {stop["node"]: stop for stop in film["stops"]}
    checked = 0
    for label, facts in state["tensors"].items():
        for name in facts["names"]:
            if name not in true:
                continue
            node = facts["node"] or "a" + label.removeprefix("t")
            assert (node in stops) == (true[name] is not None), name
            if node in stops and true[name].numel() <= 12:
                (incoming,) = stops[node]["incoming"]
                assert incoming["amount"]["shape"] == list(true[name].shape)
                assert close(numbers(incoming["amount"]), true[name].reshape(-1)), name
                checked += 1
    assert checked >= 2  # l, and a leaf at least
    check_arithmetic(film)


KNOWN = {
    "sum", "mean", "add", "sub", "rsub", "mul", "div", "neg", "square", "pow", "exp", "log", "sqrt",
    "abs", "relu", "sigmoid", "tanh", "mm", "mv",
}  # fmt: skip


def check_arithmetic(film):
    for k, stop in enumerate(film["stops"]):
        for incoming in stop["incoming"]:
            shares = [
                next(o for o in film["stops"][i]["outgoing"] if o["slot"] == slot)["amount"]
                for i, slot in incoming["ways"]
            ]
            assert shares or stop["node"] in film["roots"], k
            if shares and "numbers" in incoming["amount"]:
                total = [math.fsum(column) for column in zip(*map(numbers, shares), strict=True)]
                assert total == pytest.approx(numbers(incoming["amount"]), rel=5e-3, abs=2e-3)
        for out in stop["outgoing"]:
            if "work" in out:
                sums = [
                    sum(math.prod(map(float, product)) for product in terms)
                    for terms in out["work"]
                ]
                assert sums == pytest.approx(numbers(out["amount"]), rel=5e-3, abs=2e-3)
            elif stop["op"] in KNOWN and "numbers" in stop["incoming"][0]["amount"]:
                # Only what would be long is shown without its arithmetic.
                size = math.prod(stop["incoming"][0]["amount"]["shape"])
                assert size * math.prod(out["amount"]["shape"]) > 12, stop


@settings(max_examples=60, deadline=None)
@given(programs())
def test_what_comes_in_is_the_slope_of_the_loss(lines):
    check_against_autograd(lines)


# One thing at a time ---------------------------------------------------------------------------


def test_two_ways_into_a_node_add_up_before_it_runs():
    told = film("c = (w * b).sum()", "l = c * c + c", "l.backward()")
    assert [stop["op"] for stop in told["stops"]] == (
        ["add", "mul", "sum", "mul", "accumulate", "accumulate"]
    )
    (incoming,) = by_op(told)["sum"]["incoming"]
    assert incoming == {
        "amount": {"shape": [], "numbers": ["19"]},
        "ways": [[0, 1], [1, 0], [1, 1]],
    }


def test_the_first_gradient_is_stored_and_the_second_added():
    code = START + "for i in (1, 2):\n    (w * b).sum().backward()\n"
    (first, _), (second, _) = films(code)
    shares = [[s["share"] for s in f["stops"] if s["op"] == "accumulate"] for f in (first, second)]
    assert [s["way"] for s in shares[0]] == ["stored"] * 2 and shares[0][0]["before"] is None
    three, six = ({"shape": [2], "numbers": [n, n]} for n in ("3", "6"))
    assert shares[1][0] == {"tensor": "t1", "way": "added", "before": three, "after": six}


def test_saved_tensors_are_freed_or_kept():
    kept = film("l = (w * w).sum()", "l.backward(retain_graph=True)")
    assert kept["keep_graph"] and not kept["create_graph"]
    assert [s["freed"] for s in by_op(kept)["mul"]["saved"]] == [False, False]
    freed = film("l = (w * w).sum()", "l.backward()")
    assert by_op(freed)["mul"]["saved"] == [
        {"name": n, "tensor": "t1", "amount": {"shape": [2], "numbers": ["1", "2"]}, "freed": True}
        for n in ("self", "other")
    ]
    assert by_op(freed)["sum"]["saved"] == []


def test_a_gradient_that_was_given():
    told = film("y = w * b", "y.backward(torch.tensor([1.0, 10.0]))")
    assert numbers(told["stops"][0]["incoming"][0]["amount"]) == [1, 10]
    to_b = next(o for o in told["stops"][0]["outgoing"] if o["slot"] == 1)
    assert to_b["work"] == [[["1", "1"], ["10", "2"]]] and numbers(to_b["amount"]) == [21]


def test_inputs_restrict_the_walk():
    told = film("l = (w * b).sum()", "l.backward(inputs=[w])")
    assert [s.get("share", {}).get("tensor") for s in told["stops"]] == [None, None, "t1"]
    to_w, to_b = by_op(told)["mul"]["outgoing"]
    assert numbers(to_w["amount"]) == [3, 3] and to_b["amount"] is None


def test_grad_returns_and_fills_nothing():
    told = film("l = (w ** 3).sum()", "g, = torch.autograd.grad(l, w, create_graph=True)")
    assert told["call"] == "grad" and told["create_graph"] and told["keep_graph"]
    assert told["returned"] == [{"shape": [2], "numbers": ["3", "12"]}]
    assert [s["op"] for s in told["stops"]] == ["sum", "pow"]
    assert by_op(told)["pow"]["constants"] == {"exponent": "3"}
    again = film("l = (w ** 3).sum()", "g, = torch.autograd.grad(l, w, create_graph=True)",
                 "g.sum().backward()")  # fmt: skip
    shares = [s["share"] for s in again["stops"] if "share" in s]
    assert shares[0]["after"]["numbers"] == ["6", "12"]


def test_an_error_in_the_middle_ends_the_film_where_it_was_raised():
    told = film("y = w.exp()", "y += 1", "y.sum().backward()")
    assert told["error"] and told["complete"]
    assert [(s["op"], s["outgoing"] is None) for s in told["stops"]] == [
        ("sum", False),
        ("add", False),
        ("exp", True),
    ]
    told = film("l = (w * w).sum()", "l.backward()", "l.backward()")
    assert [s["op"] for s in told["stops"]] == ["sum", "mul"] and told["error"]


def test_a_layer():
    told = films("""\
import torch
net = torch.nn.Linear(2, 1)
with torch.no_grad():
    net.weight.copy_(torch.tensor([[1.0, -1.0]]))
    net.bias.fill_(0.5)
X = torch.tensor([[1.0, 2.0], [3.0, 1.0]])
loss = torch.nn.functional.mse_loss(net(X), torch.tensor([[0.0], [2.0]]))
loss.backward()
""")[-1][0]
    # Predictions -0.5 and 2.5: differences -0.5 and 0.5, each times 2/2.
    ops = by_op(told)
    assert ops["mse_loss"]["outgoing"][0]["work"] == [[["1", "1", "-0.5"]], [["1", "1", "0.5"]]]
    to = {o["argument"]: o for o in ops["addmm"]["outgoing"]}
    assert to["self"]["work"] == [[["-0.5"], ["0.5"]]]
    assert numbers(to["mat2"]["amount"]) == [1, -0.5]
    assert to["mat2"]["work"] == [[["1", "-0.5"], ["3", "0.5"]], [["2", "-0.5"], ["1", "0.5"]]]
    assert {s["share"]["tensor"] for s in told["stops"] if "share" in s} == {"t1", "t2"}


@pytest.mark.parametrize(
    ("text", "op", "work"),
    [
        ("w.sum(0)", "sum", [[["1"]], [["1"]]]),
        ("w.mean()", "mean", [[["1", "0.5"]], [["1", "0.5"]]]),
        ("w.reshape(2, 1).mean(-1).sum()", "mean", [[["1", "1"]], [["1", "1"]]]),
        ("w.reshape(1, 2).sum(1, keepdim=True).sum()", "sum", None),
        ("w.dot(w.detach())", "dot", [[["1", "1"]], [["1", "2"]]]),
        ("torch.add(b, w, alpha=3).sum()", "add", [[["1"], ["1"]]]),
        ("torch.sub(w, b, alpha=2).sum()", "sub", [[["1"]], [["1"]]]),
        ("(1 - b)", "rsub", [[["1", "-1"]]]),
        ("(6 / b)", "mul", [[["1", "6"]]]),
        ("(1 / w).sum()", "reciprocal", [[["1", "-1"]], [["1", "-0.25"]]]),
        ("-b", "neg", [[["1", "-1"]]]),
        ("w ** 3 @ torch.ones(2)", "pow", [[["1", "3", "1"]], [["1", "3", "4"]]]),
        ("(b / 4).square()", "square", [[["1", "2", "0.75"]]]),
        ("w.sqrt()[0]", "sqrt", [[["1", "0.5"]], [["0", "0.3536"]]]),
        ("(w - 1).exp()[0]", "exp", [[["1", "1"]], [["0", "2.718"]]]),
        ("(b - 3).sigmoid()", "sigmoid", [[["1", "0.5", "0.5"]]]),
        ("(b - 3).tanh()", "tanh", [[["1", "1"]]]),
        ("w.reshape(1, 2).mv(w.detach()).sum()", "mv", [[["1", "1"]], [["2", "1"]]]),
        ("torch.ones(1, 2).mv(w * 1).sum()", "mv", [[["1", "1"]], [["1", "1"]]]),
        (
            "(w.reshape(1, 2) @ torch.tensor([[3.0], [4.0]])).sum()",
            "mm",
            [[["3", "1"]], [["4", "1"]]],
        ),
        ("b.expand(3).sum()", "expand", [[["1"], ["1"], ["1"]]]),
        ("w.log().sum()", "log", [[["1", "1"]], [["1", "0.5"]]]),
        ("(w - 1.5).relu().sum()", "relu", [[["1", "0"]], [["1", "1"]]]),
        ("(w - 1.5).abs().sum()", "abs", [[["1", "-1"]], [["1", "1"]]]),
    ],
)
def test_incoming_times_local_slope(text, op, work):
    told = film(f"l = {text}", "l.backward()")
    stop = next(s for s in reversed(told["stops"]) if s["op"] == op)
    if work is not None:
        assert stop["outgoing"][0]["work"] == work
    check_arithmetic(told)


def test_both_sides_of_a_quotient_and_of_a_squared_error():
    divided = film("l = b / b.detach() / (b + 1)", "l.backward()")["stops"][0]
    assert divided["outgoing"][1]["work"] == [[["1", "-1", "0.0625"]]]
    error = film("l = torch.nn.functional.mse_loss(w, w + b, reduction='sum')", "l.backward()")
    to_w, to_y = by_op(error)["mse_loss"]["outgoing"]
    assert to_w["work"] == [[["1", "2", "-3"]], [["1", "2", "-3"]]]
    assert to_y["work"] == [[["1", "2", "3"]], [["1", "2", "3"]]]


def test_what_a_hook_of_the_program_changed_is_marked():
    told = film("w.register_hook(lambda g: g * 2)", "l = (w * b).sum()", "l.backward()")
    to_w, to_b = (s["incoming"][0] for s in told["stops"] if s["op"] == "accumulate")
    assert to_w == {
        "amount": {"shape": [2], "numbers": ["6", "6"]},
        "ways": [[1, 0]],
        "edited": True,
    }
    assert "edited" not in to_b
    told = film("y = w * b", "y.grad_fn.register_hook(lambda out, g: (out[0] + 1, out[1]))",
                "y.sum().backward()")  # fmt: skip
    to_w, to_b = by_op(told)["mul"]["outgoing"]
    assert to_w["argument"] is None and "work" not in to_w and numbers(to_w["amount"]) == [4, 4]
    assert to_b["argument"] == "other" and to_b["work"] == [[["1", "1"], ["1", "2"]]]


@pytest.mark.parametrize("dtype", ["bfloat16", "float16", "float64"])
def test_rounding_is_no_edit(dtype):
    code = f"""\
import torch
w = torch.tensor([1.1, 2.3], dtype=torch.{dtype}, requires_grad=True)
c = w * 1000.7 - w * 1000.1 + w.exp() * w
c.sum().backward()
"""
    ((told, _),) = films(code)
    assert not any("edited" in i for stop in told["stops"] for i in stop["incoming"])


def test_the_numbers_of_the_operation_itself():
    def constants(text, op):
        return by_op(film(f"l = ({text}).sum()", "l.backward()"))[op]["constants"]

    assert constants("torch.add(b, w, alpha=3)", "add") == {"alpha": "3"}
    assert constants("w + b", "add") == {} and constants("w.sum(0)", "sum") == {}
    assert constants("w ** 3", "pow") == {"exponent": "3"}
    assert constants("w.reshape(2, 1).mean(0)", "mean") == {"parts": "2"}


def test_what_is_not_a_number_is_told_as_it_is():
    told = film("l = (w * float('nan')).sum() + b / 0", "l.backward()")
    shares = [s["share"]["after"]["numbers"] for s in told["stops"] if "share" in s]
    assert shares == [["inf"], ["nan", "nan"]]
    assert by_op(told)["mul"]["outgoing"][0]["work"] == [[["1", "nan"]]] * 2


def test_large_gradients_have_shape_and_norm():
    told = films("import torch\nw = torch.ones(100, requires_grad=True)\n(w * 2).sum().backward()")
    stops = told[0][0]["stops"]
    assert stops[0]["outgoing"][0]["amount"] == {"shape": [100], "norm": "10"}
    assert stops[1]["outgoing"][0] == {
        "slot": 0,
        "to": "a1",
        "amount": {"shape": [100], "norm": "20"},
        "argument": "self",
    }
    assert stops[2]["share"]["after"] == {"shape": [100], "norm": "20"}


def test_only_the_first_walks_of_a_line_are_kept_and_it_is_said():
    code = START + "for i in range(6):\n    (w * i).sum().backward()\n"
    assert len(films(code)) == 4
    recording = trace(code)
    assert recording.to_dict()["cut"] == [{"kind": "films", "limit": 4}]
    kinds = [c["kind"] for s in recording.to_dict()["steps"] for c in s.get("changed", [])]
    assert kinds.count("grad-stored") == 1 and kinds.count("grad-added") == 5
    nodes = {n["id"] for n in recording.to_dict()["nodes"]}
    assert nodes  # the transient nodes of the walks that were kept, and of no other
    assert len(nodes) == 1 + 2 * 4


def test_a_walk_through_many_nodes_is_not_kept_and_it_is_said():
    code = START + "y = b\nfor i in range(160): y = y * 1.0\ny.backward()\n"
    assert films(code) == []
    assert {"kind": "film-nodes", "limit": 150} in trace(code).to_dict()["cut"]
    assert trace(code).changed(-1)[0] == "b.grad: None → 1., stored"


@pytest.mark.parametrize("name", sorted(PITFALLS))
@pytest.mark.filterwarnings("ignore")
def test_the_pitfalls_recordings_keep_the_contract(name):
    for code in (PITFALLS[name].wrong, PITFALLS[name].right):
        for told, _ in films(code):
            check_arithmetic_where_it_ended_well(told)


def check_arithmetic_where_it_ended_well(told):
    if told["error"]:
        assert all(stop["outgoing"] is not None for stop in told["stops"][:-1])
    elif told["complete"]:
        check_arithmetic(told)
