"""Recordings: what they tell is what plain execution gives, and recording changes nothing."""

import ast
import contextlib
import gzip
import io
import json
import sys
import weakref

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from linreg_lib.autograd import diff, expand, trace
from linreg_lib.recording import validate
from linreg_lib.recording.sentences import ASIDE, say

# The programs of the book's claims (their numbers in CLAIMS stand in brackets).
PROGRAMS = {
    "in place, under no_grad [C6, E1, E3]": """
import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
l = (w ** 2).sum()
l.backward()
with torch.no_grad():
    w -= 0.1 * w.grad
w.grad.zero_()
""",
    "rebinding [E2, G4]": """
import torch
w = torch.ones(2, requires_grad=True)
for step in range(2):
    l = (w ** 2).sum()
    l.backward()
    w = w - 0.1 * w.grad
""",
    "rebinding under no_grad [E2]": """
import torch
w = torch.ones(2, requires_grad=True)
l = (w ** 2).sum()
l.backward()
with torch.no_grad():
    w = w - 0.1 * w.grad
l = (w ** 2).sum()
l.backward()
""",
    "a leaf changed in place [E3]": """
import torch
w = torch.ones(2, requires_grad=True)
w -= 0.1
print("not reached")
""",
    "backward twice [G3, G4]": """
import torch
w = torch.ones(2, requires_grad=True)
y = w * w
l = y.sum()
l.backward()
l.backward()
""",
    "no_grad [C3, G7]": """
import torch
w = torch.ones(2, requires_grad=True)
with torch.no_grad():
    y = w * 2
    flag = y.requires_grad
z = w * 2
print(flag, z.requires_grad, w.requires_grad)
""",
    ".data hides a change [C4]": """
import torch
w = torch.ones(2, requires_grad=True)
l = (w ** 2).sum()
w.data.add_(5)
l.backward()
print(w.grad)
""",
    "no_grad does not [C4]": """
import torch
w = torch.ones(2, requires_grad=True)
l = (w ** 2).sum()
with torch.no_grad():
    w.add_(5)
l.backward()
""",
    "accumulation [E5, E6]": """
import torch
w = torch.ones(2, requires_grad=True)
for k in range(3):
    l = (w * (k + 1)).sum()
    l.backward()
    print(w.grad)
w.grad = None
""",
    "zero() is not zero_() [E7]": """
import torch
w = torch.ones(2, requires_grad=True)
(w * 3).sum().backward()
w.grad.zero_()
w.grad.data.zero()
""",
    "grad before backward [C2]": """
import torch
w = torch.ones(2, requires_grad=True)
w.grad.zero_()
""",
    "losses joined [G5]": """
import torch
w = torch.ones(2, 1, requires_grad=True)
losses = []
for X in torch.arange(8.0).reshape(2, 2, 2):
    losses.append((X @ w) ** 2 / 2)
l = torch.cat(losses).mean()
l.backward()
""",
    "the loop's name rebound [C7]": """
import torch
w = torch.ones(2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]
(w * 2 + b).sum().backward()
with torch.no_grad():
    for param in params:
        param = param - 0.1 * param.grad
""",
    "functions, a list of parameters [C6, C7]": """
import torch
def linreg(X, w, b):
    return torch.matmul(X, w) + b
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
def sgd(params, lr, batch_size):
    '''Minibatch stochastic gradient descent.'''
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()
torch.manual_seed(0)
X, y = torch.randn(10, 2), torch.randn(10)
w = torch.normal(0, 0.01, (2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(2):
    l = squared_loss(linreg(X, w, b), y)
    l.sum().backward()
    sgd([w, b], 0.03, 10)
    with torch.no_grad():
        print(f"epoch {epoch}, loss {l.mean():f}")
""",
    "a running total keeps every graph [F7]": """
import torch
w = torch.ones(1, requires_grad=True)
total = 0
for k in range(5):
    l = (w * k) ** 2
    total += l
""",
    "views share memory [A3]": """
import torch
a = torch.arange(4.0)
column = a.reshape(-1, 1)
column[0] = 7
alias = a
a = a + 1
""",
    "a non-leaf's grad warns [C1]": """
import torch
w = torch.normal(0.0, 1.0, (2,), requires_grad=True) * 1.0
(w * 2).sum().backward()
print(w.grad)
""",
}
programs = pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)


def facts(tensor):
    """What plain PyTorch says of a tensor, in the words of a recording."""
    grad = tensor.grad if tensor.is_leaf else None
    return {
        "shape": list(tensor.shape),
        "dtype": str(tensor.dtype)[6:],
        "requires_grad": tensor.requires_grad,
        "is_leaf": tensor.is_leaf,
        "grad_fn": type(tensor.grad_fn).__name__ if tensor.grad_fn else None,
        "version": tensor._version,
        "has_grad": grad is not None,
        "value": numbers(tensor),
        "grad": None if grad is None else numbers(grad),
    }


def numbers(tensor):
    flat = tensor.detach().reshape(-1).tolist()
    return [float(f"{x:.4g}") for x in flat] if len(flat) <= 12 else None


def told(state):
    """The same facts of every named tensor of a recorded state."""

    def read(text):
        return None if text is None or "…" in text else flatten(ast.literal_eval(text))

    def flatten(x):
        return [y for part in x for y in flatten(part)] if isinstance(x, list) else [float(x)]

    return {
        name: {
            **{k: t[k] for k in ("shape", "dtype", "requires_grad", "is_leaf", "grad_fn")},
            "version": t["version"],
            "has_grad": t["grad"] != "none",
            "value": read(t["value"]),
            "grad": read(t["grad_value"]),
        }
        for t in state["tensors"].values()
        for name in t["names"]
    }


def named(namespace):
    """{name: tensor} of a namespace, elements of lists included."""
    found = {}
    for name, value in namespace.items():
        if isinstance(value, torch.Tensor):
            found[name] = value
        elif isinstance(value, list):
            found |= {f"{name}[{i}]": v for i, v in enumerate(value)}
    return found


def outer_line(step):
    return step["callers"][0][1] if step["callers"] else step["line"]


def check_against_plain_execution(code):
    """Execute the statements one by one without a recorder, and compare after each."""
    recording = trace(code)
    steps = [recording.step(k) for k in range(len(recording))]
    namespace, identities = {}, {}
    torch.manual_seed(1)
    printed = io.StringIO()
    for statement in ast.parse(code).body:
        lines = range(statement.lineno, statement.end_lineno + 1)
        if isinstance(statement, ast.FunctionDef):
            lines = range(statement.lineno, statement.lineno + 1)
        step = [s for s in steps if outer_line(s) in lines][-1]
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(ast.Module([statement], []), "<plain>", "exec"), namespace)
        except Exception as error:
            assert recording.ended["reason"] == step["event"] == "error"
            assert recording.error["type"] == type(error).__name__
            assert recording.error["message"] == str(error)
            assert recording.error["line"] in lines
        tensors = named(namespace)
        recorded = told(step)
        # Random values differ between two runs; all else must not.
        if "normal" in code and "manual_seed" not in code:
            for known in [*recorded.values()]:
                known.pop("value"), known.pop("grad")
        for name, tensor in tensors.items():
            expected = facts(tensor)
            assert recorded[name] == {k: expected[k] for k in recorded[name]}, (step, name)
        assert set(recorded) == set(tensors)
        # Same object, same memory: as `is` and as the address of the storage say.
        labels = {n: label for label, t in step["tensors"].items() for n in t["names"]}
        memory = {n: t["memory"] for t in step["tensors"].values() for n in t["names"]}
        for n1, t1 in tensors.items():
            for n2, t2 in tensors.items():
                assert (labels[n1] == labels[n2]) == (t1 is t2)
                same = t1.untyped_storage().data_ptr() == t2.untyped_storage().data_ptr()
                assert (memory[n1] == memory[n2]) == same
            # A label stays with its object and is given to no other one.
            identities.setdefault(labels[n1], t1)
            assert identities[labels[n1]] is t1
        if step["event"] == "error":
            break
    assert recording.printed == printed.getvalue() or "normal" in code
    assert recording.cut == []


@programs
@pytest.mark.filterwarnings("ignore")
def test_recorded_facts_are_those_of_plain_execution(code):
    check_against_plain_execution(code)


START = """\
import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
b = torch.tensor([3.0], requires_grad=True)
x = torch.tensor([0.5, -1.0])
y = w * x + b
l = y.sum()
"""
STATEMENTS = [
    "y = w * x + b",
    "y = (w * w).exp()",
    "y = w.detach()",
    "y = w[:1]",
    "y += 1",
    "x = x.reshape(2, 1).reshape(-1)",
    "x *= 2",
    "l = y.sum()",
    "l = l + (y ** 2).mean()",
    "l.backward()",
    "l.backward(retain_graph=True)",
    "w = w - 0.1",
    "w -= 0.1",
    "w.data.add_(1)",
    "w.grad.zero_()",
    "w.grad = None",
    "b = w.sum()",
    "params = [w, b]",
    "with torch.no_grad():\n    w -= 0.1\n    y = w * 2",
    "for p in [w, b]:\n    p = p * 2",
    "y = x.requires_grad_()",
    "del l",
]


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=10))
def test_recorded_facts_of_random_programs(statements):
    check_against_plain_execution(START + "\n".join(statements) + "\n")


@programs
def test_recording_does_not_change_the_result(code):
    def run(execute):
        torch.manual_seed(3)
        namespace = {}
        result = execute(namespace)
        tensors = {n: (facts(t), t.detach().clone()) for n, t in named(namespace).items()}
        rest = {n for n in namespace if n not in ("__builtins__", "__warningregistry__")}
        return result, tensors, rest, torch.get_rng_state()

    def plainly(namespace):
        out, error = io.StringIO(), None
        with contextlib.redirect_stdout(out):
            try:
                exec(code, namespace)
            except Exception as caught:
                error = str(caught)
        return out.getvalue(), error

    def recorded(namespace):
        recording = trace(code, namespace)
        return recording.printed, recording.error and recording.error["message"]

    with pytest.warns() if "warns" in code else contextlib.nullcontext():
        a, b = run(plainly), run(recorded)
    assert a[0] == b[0]
    assert a[2] == b[2]
    assert torch.equal(a[3], b[3])
    assert a[1].keys() == b[1].keys()
    for name, (known, value) in a[1].items():
        assert known == b[1][name][0]
        assert torch.equal(value, b[1][name][1])


@programs
@pytest.mark.filterwarnings("ignore")
def test_a_recording_is_plain_data_and_repeats_nothing(code):
    recording = trace(code)
    data = json.loads(recording.to_json())
    assert data == recording.to_dict()
    validate(data)
    assert data["code"] == code
    before = expand(data, 0)
    for k, step in enumerate(data["steps"][1:], 1):
        for label, change in step.get("tensors", {}).items():
            known = before["tensors"].get(label, data["usual"])
            assert change == "gone" or all(known.get(f) != v for f, v in change.items())
        state = expand(data, k)
        assert state == recording.step(k)
        facts = [fact for fact in state["changed"] if fact["kind"] not in ASIDE]
        assert [say(fact) for fact in facts] == diff(before, state)
        before = state


def told_at(recording, line, turn=0):
    """What changed when a line ran for the turn-th time."""
    found = [recording.step(k) for k in range(len(recording))]
    return [recording.changed(s["index"]) for s in found if s["line"] == line][turn]


def test_in_place_and_rebound_in_words():
    recording = trace(PROGRAMS["rebinding [E2, G4]"])
    assert told_at(recording, 7) == [
        "w: now a new object, not a leaf, made by SubBackward0",
        "graph: SubBackward0 added",
    ]
    # The second backward reaches the first w, which no name refers to any more.
    assert (
        told_at(recording, 6, turn=1)[0]
        == "former w.grad: [2., 2.] → [3.6, 3.6], added to what was there"
    )
    assert ">former w<" in (svg := recording.graph(-1).to_svg()) and ">grad: value<" in svg
    assert recording.ended["reason"] == "error"
    recording = trace(PROGRAMS["in place, under no_grad [C6, E1, E3]"])
    assert told_at(recording, 5) == [
        "w.grad: None → [2., 4.], stored",
        "saved tensors of PowBackward0 freed",
    ]
    assert told_at(recording, 7) == [
        "w: same object, version 0 → 1, values changed in place",
        "w.grad: stale, it belongs to the earlier value of w",
    ]
    assert told_at(recording, 8) == ["w.grad: cleared to zero"]


def test_accumulated_and_set_to_none_in_words():
    recording = trace(PROGRAMS["accumulation [E5, E6]"])
    assert told_at(recording, 6, turn=0)[0] == "w.grad: None → [1., 1.], stored"
    assert told_at(recording, 6, turn=1)[0] == (
        "w.grad: [1., 1.] → [3., 3.], added to what was there"
    )
    assert told_at(recording, 8) == ["w.grad: now None"]


def test_a_write_through_data_is_seen_though_autograd_does_not_see_it():
    recording = trace(PROGRAMS[".data hides a change [C4]"])
    assert told_at(recording, 5) == [
        "w: same object, values changed in place, version still 0: autograd does not know"
    ]
    assert recording.ended["reason"] == "end"
    recording = trace(PROGRAMS["no_grad does not [C4]"])
    assert "a tensor saved by PowBackward0 was changed in place: backward would fail" in (
        told_at(recording, 6)
    )


def test_a_rebound_loop_variable_leaves_the_parameters_alone():
    recording = trace(PROGRAMS["the loop's name rebound [C7]"])
    assert told_at(recording, 8)[0] == "param: the same object as w"
    assert told_at(recording, 9)[0].startswith("param: now a new object, does not require grad")
    last = recording.step(-1)["tensors"]
    assert {t["version"] for t in last.values() if t["requires_grad"]} == {0}


def test_a_view_is_said_to_share_memory():
    recording = trace(PROGRAMS["views share memory [A3]"])
    assert told_at(recording, 4) == [
        "column: new, does not require grad, shares the memory of a",
    ]
    assert told_at(recording, 5) == [
        "a: same object, version 0 → 1, values changed in place",
        "column: same object, version 0 → 1, values changed in place",
    ]
    assert told_at(recording, 6) == ["alias: the same object as a"]


def test_a_call_shows_its_locals_and_what_it_returns():
    code = """\
import torch
def double(x):
    y = x * 2
    return y + 1
a = torch.ones(1, requires_grad=True)
b = double(a)
c = double(b)
"""
    recording = trace(code)
    first = [s for k in range(len(recording)) if (s := recording.step(k))["frame"] == "double #1"]
    assert [(s["line"], s["event"], s["callers"]) for s in first] == [
        (3, "line", [["<module>", 6]]),
        (4, "return", [["<module>", 6]]),
    ]
    assert {n for t in first[1]["tensors"].values() for n in t["names"]} == {
        "a",
        "x (double #1)",
        "y (double #1)",
        "return value (double #1)",
    }
    assert told_at(recording, 6)[0] == (
        "b: new, returned by double #1, not a leaf, made by AddBackward0"
    )
    assert recording.step(-2)["frame"] == "double #2"
    assert {n for t in recording.step(-1)["tensors"].values() for n in t["names"]} == {
        "a",
        "b",
        "c",
    }


def test_every_kind_of_statement_runs_and_is_recorded():
    code = '''\
"""A docstring."""
from __future__ import annotations
import torch
class Box:
    """Another."""
    scale = torch.ones(1)
    def __init__(self, x):
        self.x = x
        return
def count(n):
    while n:
        n -= 1
        if n == 3:
            continue
        elif n < 1:
            break
        yield torch.tensor(float(n))
    else:
        yield None
def outer():
    t = torch.zeros(1)
    def inner():
        nonlocal t
        t = t + 1
        global g
        g = t
    inner()
    return t
for x in count(5):
    pass
else:
    done = True
try:
    with torch.no_grad() as nothing, torch.enable_grad():
        raise ValueError("own")
except (KeyError, ValueError) as error:
    text = str(error)
else:
    text = "no"
finally:
    z = outer()
match [torch.ones(1), 2]:
    case [first, 2] if True:
        pair = (first, {"k": first})
assert (n := 2) == 2
del first
squares = [x * i for i in range(3)]
f = lambda t: t + 1
y = f(z)
box = Box(y)
'''
    plain, executed = {}, set()

    def listen(frame, event, argument):
        if frame.f_code.co_filename != "<plain>":
            return None
        if event == "line":
            executed.add(frame.f_lineno)
        return listen

    before = sys.gettrace()
    sys.settrace(listen)
    try:
        exec(compile(code, "<plain>", "exec"), plain)
    finally:
        sys.settrace(before)
    namespace = {}
    recording = trace(code, namespace)
    assert recording.ended == {"reason": "end", "line": code.count("\n"), "message": ""}
    del plain["__builtins__"]
    assert set(namespace) == set(plain)
    assert namespace["__doc__"] == "A docstring."
    assert namespace["Box"].__doc__ == "Another."
    assert torch.equal(namespace["z"], plain["z"])
    told = {step["line"] for step in recording.to_dict()["steps"]}
    silent = ('"""', "from __future__", "try:", "raise", "match", "with nothing")
    source = dict(enumerate(code.splitlines(), 1))
    assert told == {0} | {n for n in executed if n and not source[n].strip().startswith(silent)}
    names = {
        n
        for k in range(len(recording))
        for t in recording.step(k)["tensors"].values()
        for n in t["names"]
    }
    assert {"pair[0]", "pair[1]['k']", "squares[2]", "scale (Box #1)", "t (outer #1)"} <= names


def test_an_unnamed_leaf_of_the_graph_is_told_too():
    recording = trace("import torch\ny = torch.nn.Linear(2, 1)(torch.ones(1, 2))\n")
    unnamed = [t for t in recording.step(-1)["tensors"].values() if not t["names"]]
    assert sorted(t["shape"] for t in unnamed) == [[1], [1, 2]]


def test_starting_names_are_there_before_the_first_line():
    w = torch.ones(1, requires_grad=True)
    unused = torch.ones(1)
    namespace = {"w": w, "unused": unused}
    recording = trace("y = w * 2", namespace)
    assert [t["names"] for t in recording.step(0)["tensors"].values()] == [["w"]]
    assert set(namespace) == {"w", "unused", "y"}


def test_a_function_that_returns_what_it_got():
    code = "import torch\ndef same(x):\n    return x\na = torch.ones(1)\nb = same(a)\n"
    assert told_at(trace(code), 5) == [
        "b: the same object as a",
        "same #1: returned, its names are gone",
    ]


def test_watch_records_these_names_only():
    code = "import torch\na = torch.ones(1)\nb = a * 2\nparams = [a, b]\n"
    recording = trace(code, watch=["b", "params"])
    names = [t["names"] for t in recording.step(-1)["tensors"].values()]
    assert names == [["b", "params[1]"], ["params[0]"]]
    other = torch.ones(1)
    recording = trace("x = 1", {"other": other, "unwatched": other}, watch=["other"])
    assert [t["names"] for t in recording.step(0)["tensors"].values()] == [["other"]]


def test_nothing_is_kept_alive():
    code = """\
import torch, weakref
def f():
    x = torch.ones(3, requires_grad=True)
    y = x.exp()
    was = weakref.ref(y)
    # Within one statement: no snapshot in between refreshes what a frame has cached.
    free = (y := None) is None and was() is None
    return free, weakref.ref(x)
inside, outside = f()
after = outside() is None
"""
    namespace = {}
    recording = trace(code, namespace)
    assert recording.ended["reason"] == "end"
    assert namespace["inside"] and namespace["after"]
    w = torch.ones(1)
    reference = weakref.ref(w)
    recording = trace("v = w + 1\nraise ValueError", {"w": w})
    del w
    assert reference() is None


def test_locals_stay_usable_when_the_code_asks_for_them():
    code = "def f():\n    a = 1\n    d = locals()\n    b = 2\n    return d['a'], sorted(d)\nr = f()"
    namespace, plain = {}, {}
    exec(code, plain)
    assert trace(code, namespace).ended["reason"] == "end"
    assert namespace["r"][0] == plain["r"][0] == 1


def test_functions_work_after_the_recording_has_ended():
    namespace = {}
    recording = trace("def f(x):\n    return x + 1\ny = f(1)", namespace)
    length = len(recording)
    assert namespace["f"](2) == 3
    assert len(recording) == length
    assert "__builtins__" not in namespace


def test_an_error_in_a_function_tells_all_its_lines():
    code = "def f(x):\n    y = x\n    return y.zero()\nimport torch\nf(torch.ones(1))\n"
    recording = trace(code)
    assert recording.error == {
        "type": "AttributeError",
        "message": "'Tensor' object has no attribute 'zero'",
        "line": 3,
        "lines": [5, 3],
    }
    last = recording.step(-1)
    assert last["event"] == "error" and last["frame"] == "f #1"
    assert [t["names"] for t in last["tensors"].values()] == [["x (f #1)", "y (f #1)"]]


def test_a_caught_exception_is_said_and_the_program_goes_on():
    code = "try:\n    1 / 0\nexcept ZeroDivisionError:\n    x = 1\ny = 2\n"
    recording = trace(code)
    assert recording.ended["reason"] == "end" and recording.error is None
    assert told_at(recording, 3) == ["caught ZeroDivisionError: division by zero"]


def test_warnings_become_part_of_the_recording():
    code = PROGRAMS["a non-leaf's grad warns [C1]"]
    recording = trace("import warnings\nwarnings.simplefilter('always')\n" + code)
    found = [w for k in range(len(recording)) for w in recording.step(k)["warnings"]]
    assert [w["category"] for w in found] == ["UserWarning"]
    assert "not a leaf Tensor is being accessed" in found[0]["message"]
    assert found[0]["line"] == 7


def test_a_syntax_error_has_its_line_and_no_step():
    recording = trace("x = 1\ny = (2\n")
    assert recording.ended["reason"] == "syntax"
    assert recording.ended["line"] == recording.error["line"] == 2
    assert "never closed" in recording.error["message"]
    assert len(recording) == 1


def test_nodes_keep_their_place_and_two_graphs_that_live_together_do_not_overlap():
    code = PROGRAMS["functions, a list of parameters [C6, C7]"]
    recording = trace(code)
    table = {n["id"]: n for n in recording.to_dict()["nodes"]}
    together = 0
    for k in range(len(recording)):
        here = [(table[i]["layer"], table[i]["row"]) for i in recording.step(k)["nodes"]]
        assert len(set(here)) == len(here)
        together = max(together, len(here))
    assert together > 8  # the old graph still hangs on l while the new one is built


def test_the_graph_of_a_step():
    recording = trace(PROGRAMS["backward twice [G3, G4]"])
    graph = recording.graph(4)
    assert {n["name"] for n in graph.nodes} == {"AccumulateGrad", "MulBackward0", "SumBackward0"}
    assert ["l"] in [n["names"] for n in graph.nodes]
    assert recording.graph(0).nodes == []


def test_the_default_training_run_is_small():
    code = """\
import torch
from linreg_lib import data_iter, synthetic_data
def linreg(X, w, b):
    return torch.matmul(X, w) + b
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()
features, labels = synthetic_data([2.0, -3.4], 4.2, 1000)
w = torch.normal(0, 0.01, (2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    for X, y in data_iter(10, features, labels):
        y_hat = linreg(X, w, b)
        l = squared_loss(y_hat, y)
        l.sum().backward()
        sgd([w, b], 0.03, 10)
    with torch.no_grad():
        print(squared_loss(linreg(features, w, b), labels).mean())
"""
    recording = trace(code, max_steps=10_000)
    assert recording.ended["reason"] == "end"
    assert recording.to_dict()["cut"] == [{"kind": "films", "limit": 4}]
    assert [s["line"] for s in recording.to_dict()["steps"]].count(19) == 300
    data = recording.to_json().encode()
    assert len(data) < 2_200_000
    assert len(gzip.compress(data)) < 200_000


def test_a_program_sees_itself_as_run():
    assert trace("assert __name__ == '__main__'").ended["reason"] == "end"


def test_a_step_that_is_not_there():
    with pytest.raises(IndexError, match="between 0 and 1; got 2"):
        trace("x = 1").step(2)
