"""Recordings: what they tell is what plain execution gives, and recording changes nothing."""

import ast
import contextlib
import io
import json

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded import PROGRAMS, facts, named, outer_line, told

from linreg_lib.autograd import diff, expand, trace
from linreg_lib.recording import validate
from linreg_lib.recording.sentences import ASIDE, say

programs = pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)


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
