"""Run the program; what `w` is at its end tells which gradients arrived, and where."""

import torch

from linreg_lib.exercises import _show as show
from linreg_lib.exercises._compare import near_values

X = [[1.0, 2.0], [3.0, 1.0], [0.0, 1.0], [2.0, 2.0]]
Y = [[1.0], [4.0], [-1.0], [2.0]]
LR, START = 0.05, 0.1


def gradient(w, rows):
    """The gradient of the summed loss of these rows, by hand."""
    features, labels = torch.tensor(X)[rows], torch.tensor(Y)[rows]
    return features.T @ (features @ w - labels)


def check(answer):
    """A program that stops is told why; else its `w` is compared with what each mistake makes."""
    names = answer.namespace()
    error = answer.run(names)
    w = names.get("w")
    if not isinstance(w, torch.Tensor):
        return answer.error(error) if error else answer.wrong("no-w")
    if error is not None and w.is_leaf and "a second time" in str(error):
        return answer.mistake("carried-over")
    in_loop = answer.text.find_in_loop(r"^w = ")
    if error is not None and in_loop and "a second time" in str(error):
        return answer.mistake("chained")
    if error is not None and "NoneType" not in str(error):
        return answer.error(error)
    rebound = answer.text.find(r"^w = .*\.grad")
    if not w.is_leaf and not error and rebound and near_values(w, _stepped()):
        return answer.mistake("step-recorded", got=show.numbers(w))
    if not w.is_leaf:
        grad = "None" if error else show.numbers(w.grad) if w.grad is not None else "None"
        retained = answer.text.find(r"(retain|create)_graph=")
        return answer.mistake("retain-graph" if retained else "no-leaf", grad=grad)
    if error is not None:
        return answer.error(error)
    return _judge(answer, w)


def _stepped():
    """Where one step along both gradients takes `w`."""
    start = torch.full((2, 1), START)
    return start - LR * (gradient(start, slice(0, 2)) + gradient(start, slice(2, 4)))


def _judge(answer, w):
    if tuple(w.shape) == (2,):
        return answer.mistake("flat", got=show.shape(w))
    start, first, second = torch.full((2, 1), START), slice(0, 2), slice(2, 4)
    both = gradient(start, first) + gradient(start, second)
    expected = start - LR * both
    facts = {"got": show.numbers(w), "expected": show.numbers(expected)}
    after_one = start - LR * gradient(start, first)
    in_turn = after_one - LR * gradient(after_one, second)
    if near_values(w, expected) or near_values(w, in_turn):
        if not w.requires_grad:
            return answer.mistake("flag-lost", **facts)
        in_one = near_values(w, expected)
        return None if in_one else answer.exercise.right_answer("in-turn", **facts)
    if near_values(w, start):
        return answer.mistake("not-stepped", **facts)
    if near_values(w, start - LR * gradient(start, second)):
        return answer.mistake(_why_second_only(answer), **facts)
    if near_values(w, after_one):
        return answer.mistake("one-portion", **facts)
    memory = after_one - LR * (gradient(start, first) + gradient(after_one, second))
    if near_values(w, memory):
        return answer.mistake("stepped-in-loop", **facts)
    for other in (1.0, 0.0, 0.01):
        begin = torch.full((2, 1), other)
        sum_ = gradient(begin, first) + gradient(begin, second)
        if near_values(w, begin - LR * sum_):
            return answer.mistake("other-start", start=other, **facts)
    if near_values(w, start - LR * both / 2):
        return answer.mistake("averaged", **facts)
    rates = (start - w.detach()) / both
    if bool((rates - rates[0]).abs().max() < 1e-4 * rates[0].abs()):
        name = "other-rate" if rates[0] > 0 else "uphill"
        if near_values(w, start - 2 * LR * both):
            name = "twice-as-far"
        return answer.mistake(name, rate=show.number(rates[0, 0]), **facts)
    if near_values(w, torch.ones(2, 1) - LR * START * both):
        return answer.mistake("scaled-inside", **facts)
    return answer.wrong("value", **facts)


def _why_second_only(answer):
    """Three ways lead to one number: which of them stands in the text?"""
    if answer.text.find_in_loop(r"^w = "):
        return "made-in-loop"
    if answer.text.find_in_loop(r"backward\("):
        return "cleared-between"
    return "backward-after"
