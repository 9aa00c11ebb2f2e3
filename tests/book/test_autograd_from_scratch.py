"""The engine that the chapter writes gives PyTorch's gradients on random expressions."""

import math
import re

import pytest
import torch
from building import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

CHAPTER = (ROOT / "book" / "autograd-from-scratch.md").read_text(encoding="utf-8")
ENGINE = re.search(r"^```\{code-cell\}[^\n]*\n(class Value.*?)^```", CHAPTER, re.M | re.S)[1]


@pytest.fixture(scope="module")
def engine():
    names = {}
    exec(ENGINE, names)
    return names


def test_the_engine_has_forty_lines():
    assert sum(bool(line.strip()) for line in ENGINE.splitlines()) <= 40


# An operation on two earlier results (counted from the end), or on one and a plain number.
RESULT = st.integers(1, 6)
NUMBER = st.sampled_from([-2.0, -0.5, 0.5, 3.0])
OPERATION = st.one_of(
    st.tuples(st.sampled_from(["+", "-", "*"]), RESULT, RESULT),
    st.tuples(st.sampled_from(["+n", "-n", "*n", "n+", "n*"]), RESULT, NUMBER),
    st.tuples(st.just("**"), RESULT, st.sampled_from([1, 2, 3])),
)


def evaluate(program, leaves):
    """Run the operations on anything that has +, -, * and **; give the last result."""
    results = list(leaves)

    def result(k):
        return results[-min(k, len(results))]

    for op, first, second in program:
        a = result(first)
        if op in "+-*":
            b = result(second)
            results.append(a + b if op == "+" else a - b if op == "-" else a * b)
        elif op == "**":
            results.append(a**second)
        elif op in ("+n", "-n", "*n"):
            n = second
            results.append(a + n if op == "+n" else a - n if op == "-n" else a * n)
        else:
            results.append(second + a if op == "n+" else second * a)
    return results[-1]


@settings(max_examples=300)
@given(
    st.lists(st.floats(-1.5, 1.5), min_size=2, max_size=3),
    st.lists(OPERATION, min_size=1, max_size=12),
)
def test_gradients_equal_pytorchs(engine, numbers, program):
    values = [engine["Value"](number) for number in numbers]
    tensors = [torch.tensor(n, dtype=torch.float64, requires_grad=True) for n in numbers]
    end, expected = evaluate(program, values), evaluate(program, tensors)
    if not math.isfinite(expected.item()) or abs(expected.item()) > 1e30:
        return
    end.backward()
    expected.backward()
    assert end.data == pytest.approx(expected.item(), rel=1e-12)
    for value, tensor in zip(values, tensors, strict=True):
        there = 0.0 if tensor.grad is None else tensor.grad.item()
        assert value.grad == pytest.approx(there, rel=1e-9, abs=1e-9)


def test_a_second_backward_adds(engine):
    w = engine["Value"](2.0)
    loss = w * w + w
    loss.backward()
    loss.backward()
    assert w.grad == 10


def test_a_wrong_slope_would_be_caught(engine):
    wrong = {}
    exec(ENGINE.replace("n * self.data ** (n - 1)", "self.data ** (n - 1)"), wrong)
    program, numbers = [("**", 1, 3)], [1.0, 2.0]
    values = [wrong["Value"](number) for number in numbers]
    evaluate(program, values).backward()
    tensors = [torch.tensor(n, requires_grad=True) for n in numbers]
    evaluate(program, tensors).backward()
    assert values[1].grad != tensors[1].grad.item()
