"""What a recorded program sees: frames, names, errors, warnings, and itself as run."""

import sys
import weakref

import pytest
import torch
from recorded import PROGRAMS, told_at

from linreg_lib.autograd import trace


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


def test_starting_names_are_there_before_the_first_line():
    w = torch.ones(1, requires_grad=True)
    unused = torch.ones(1)
    namespace = {"w": w, "unused": unused}
    recording = trace("y = w * 2", namespace)
    assert [t["names"] for t in recording.step(0)["tensors"].values()] == [["w"]]
    assert set(namespace) == {"w", "unused", "y"}


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


def test_a_program_sees_itself_as_run():
    assert trace("assert __name__ == '__main__'").ended["reason"] == "end"


def test_a_step_that_is_not_there():
    with pytest.raises(IndexError, match="between 0 and 1; got 2"):
        trace("x = 1").step(2)


def test_looking_at_odd_numbers_does_not_warn_in_the_programs_name():
    signalling = "b'\\x01\\x00\\xa0\\x7f' * 3"  # nan that makes NumPy warn when it is read
    recording = trace(
        "import torch\n"
        f"x = torch.frombuffer(bytearray({signalling}), dtype=torch.float32)\n"
        "w = torch.tensor([1e300], dtype=torch.float64, requires_grad=True)\n"
        "(w * 1e300).sum().backward()\n"
    )
    assert recording.error is None
    assert not any(step.get("warnings") for step in recording.data["steps"])
