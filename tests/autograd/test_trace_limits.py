"""Recordings end: by steps, by time, by exit(); and what is cut is said."""

import signal
import threading

import pytest
import torch

from linreg_lib.autograd import trace


@pytest.mark.parametrize(
    "code",
    [
        "while True:\n    x = 1",
        "while True:\n    try:\n        x = 1\n    except BaseException:\n        pass",
        "def f():\n    while True: pass\nf()",
        "while True:\n    try:\n        x = 1\n    finally:\n        continue",
    ],
)
def test_an_endless_loop_ends_after_max_steps(code):
    recording = trace(code, max_steps=30)
    assert recording.ended["reason"] == "steps"
    assert recording.ended["message"].startswith("Stopped after 30 steps, at line ")
    assert recording.ended["line"] in range(1, code.count("\n") + 2)
    assert len(recording) == 31  # and the state before the first line
    assert recording.error is None


def test_a_program_of_exactly_max_steps_is_not_stopped():
    assert trace("a = 1\nb = 2", max_steps=2).ended["reason"] == "end"
    assert trace("a = 1\nb = 2\nc = 3", max_steps=2).ended["reason"] == "steps"


def test_an_endless_loop_ends_after_max_seconds():
    recording = trace("n = 0\nwhile True:\n    n += 1", max_steps=10**9, max_seconds=0.2)
    assert recording.ended["reason"] == "seconds"
    assert recording.ended["message"].startswith("Stopped after 0.2 seconds, at line ")


@pytest.mark.parametrize(
    "code",
    [
        "import time\ntime.sleep(60)",
        "import time\nwhile True:\n    try: time.sleep(60)\n    except BaseException: pass",
        "any(x < 0 for x in iter(int, 1))",
    ],
)
def test_one_long_call_is_interrupted(code):
    recording = trace(code, max_seconds=0.2)
    assert recording.ended["reason"] == "seconds"
    assert recording.ended["line"] == {1: 1, 2: 2, 4: 3}[code.count("\n") + 1]


def test_a_call_that_cannot_be_interrupted_is_named():
    # sum over a range stays inside one compiled call for long.
    recording = trace("n = sum(range(10**8))\nlast = 1", max_seconds=0.05)
    assert recording.ended["reason"] == "seconds"
    assert recording.ended["line"] == 1
    assert "One call could not be interrupted: it ended" in recording.ended["message"]


def test_the_time_limit_outside_the_main_thread():
    found = []
    thread = threading.Thread(
        target=lambda: found.append(trace("while True: pass", max_steps=10**9, max_seconds=0.2))
    )
    thread.start()
    thread.join(30)
    assert found[0].ended["reason"] == "seconds"


def test_the_alarm_is_put_away():
    before = signal.getsignal(signal.SIGALRM)
    trace("x = 1", max_seconds=100)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_exit_ends_the_recording_only():
    recording = trace("x = 1\nexit(3)\ny = 2")
    assert recording.error["type"] == "SystemExit"
    assert recording.ended["line"] == 2


def test_an_interrupt_by_the_reader_passes_through():
    with pytest.raises(KeyboardInterrupt):
        trace("raise KeyboardInterrupt")


def test_endless_recursion_ends_as_it_does_without_a_recording():
    recording = trace("import torch\ndef f(t):\n    t = t + 1\n    return f(t)\nf(torch.ones(1))")
    assert recording.ended["reason"] in ("steps", "error")
    recording = trace(
        "def f(n):\n    return f(n + 1)\ntry:\n    f(0)\nexcept RecursionError:\n    x = 1\ny = 2"
    )
    assert recording.ended["reason"] == "end"


def test_deep_calls_are_cut_in_the_middle():
    code = "import torch\ndef f(n, t):\n    if n == 0: return t\n    return f(n - 1, t + 1)\n"
    recording = trace(code + "x = f(20, torch.ones(1))")
    assert recording.ended["reason"] == "end"
    assert recording.cut == ["Of calls nested deeper than 12, the middle is left out."]


def test_long_lists_many_tensors_and_much_text_are_cut_and_said():
    code = "import torch\nts = [torch.ones(1) for _ in range(20)]\nprint('x' * 20_000)\n"
    code += "\n".join(f"v{i} = torch.ones(1)" for i in range(60))
    recording = trace(code)
    assert recording.cut == [
        "Of lists longer than 16, the last elements are recorded.",
        "Only the first 60 tensors of a step are recorded.",
        "Only the first 10,000 printed characters are kept.",
    ]
    assert recording.printed == "x" * 10_000
    names = [n for t in recording.step(2)["tensors"].values() for n in t["names"]]
    assert names == [f"ts[{i}]" for i in range(4, 20)]


def test_a_large_graph_is_cut_and_said():
    recording = trace("import torch\nx = sum([torch.ones(1, requires_grad=True)] * 310)\n")
    assert recording.cut == ["Of a graph larger than 300 nodes the rest is left out."]
    assert len(recording.step(-1)["nodes"]) == 300


def test_long_values_are_shortened_and_their_last_element_still_watched():
    code = "import torch\nx = torch.zeros(1000, 3)\nx[-1, -1] = 5\n"
    recording = trace(code)
    (before,) = recording.step(2)["tensors"].values()
    (after,) = recording.step(3)["tensors"].values()
    assert before["value"] == "[[0., 0., 0.], [0., 0., 0.], … 997 more …, [0., 0., 0.]]"
    assert before["digest"] == "0" != after["digest"]
    assert after["value"].endswith("[0., 0., 5.]]")


def test_lines_of_other_threads_are_left_out_and_said():
    code = """\
import threading
seen = []
def work():
    seen.append(1)
t = threading.Thread(target=work)
t.start()
t.join()
"""
    namespace = {}
    recording = trace(code, namespace)
    assert namespace["seen"] == [1]
    assert recording.cut == ["Lines that ran in another thread are not recorded."]


def test_modes_of_the_program_do_not_see_the_recorder():
    code = """\
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
calls = []
class Functions(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        calls.append(func)
        return func(*args, **(kwargs or {}))
class Dispatch(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        calls.append(func)
        return func(*args, **(kwargs or {}))
w = torch.ones(2, requires_grad=True)
with Functions(), Dispatch():
    y = w.exp()
    z = y
n = len(calls)
"""
    plain, namespace = {}, {}
    exec(code, plain)
    assert trace(code, namespace).ended["reason"] == "end"
    assert namespace["n"] == plain["n"]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"code": 3}, TypeError, "code must be a string of Python; got int"),
        ({"namespace": []}, TypeError, "namespace must be a dictionary; got list"),
        ({"watch": "w"}, TypeError, r"watch must be a list of names; got 'w'. Write watch=\['w'\]"),
        ({"max_steps": 0}, ValueError, "max_steps must be an integer >= 1; got 0"),
        ({"max_steps": True}, ValueError, "max_steps must be an integer >= 1; got True"),
        ({"max_seconds": 0}, ValueError, "max_seconds must be positive or None; got 0"),
    ],
)
def test_arguments_that_cannot_be_used(arguments, error, words):
    with pytest.raises(error, match=words):
        trace(**{"code": "x = 1", **arguments})


def test_the_names_given_stay_as_they_were_where_the_program_fails():
    w = torch.ones(1, requires_grad=True)
    namespace = {"w": w}
    trace("y = w * 2\n1 / 0", namespace)
    assert set(namespace) == {"w", "y"} and namespace["w"] is w
