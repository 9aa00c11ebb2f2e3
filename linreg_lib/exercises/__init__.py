"""Exercises that tell what went wrong (book: the exercises of each chapter).

    check("write-sgd", sgd)            # a function, or its source text
    check("sgd-one-step", 1.8)         # a number, a choice, an order of lines

A check looks at what an answer does. It tells the mistake by what comes of it, in the reader's
own numbers, and leaves everything outside as it was.
"""

from pathlib import Path

import torch

from linreg_lib.exercises import _closed
from linreg_lib.exercises._answer import Answer
from linreg_lib.exercises._exercise import Exercise, read
from linreg_lib.exercises._feedback import Feedback, Told
from linreg_lib.exercises._isolation import Clock, TooLong, isolated
from linreg_lib.exercises._solutions import Solutions
from linreg_lib.exercises._text import Text

__all__ = ["Exercise", "Feedback", "Solutions", "check", "exercises", "solution"]

_EXERCISES = {
    path.parent.name: read(path.parent) for path in sorted(Path(__file__).parent.glob("*/*.toml"))
}
_WITHOUT_CODE = {
    "number": _closed.check_number,
    "choice": _closed.check_choice,
    "order": _closed.check_order,
}


def exercises() -> dict[str, Exercise]:
    """Return all exercises by name."""
    return dict(_EXERCISES)


def check(name: str, answer, *, max_seconds: float | None = None) -> Feedback:
    """Check an answer and tell what it did.

    Args:
        name: the exercise's name.
        answer: source text, or the function, number, choice, tensor or list of lines itself. A
            function is called; nothing of its caller's is changed by that.
        max_seconds: how long the answer's code may run in all; None for the exercise's own limit.

    Returns:
        the feedback.

    Raises:
        ValueError: for a name that no exercise has.
    """
    exercise = _named(name)
    if exercise.kind != "code":
        return _WITHOUT_CODE[exercise.kind](exercise, answer)
    max_seconds = exercise.seconds if max_seconds is None else max_seconds
    if _names_optimizers(answer):
        _load_optimizers()
    clock = Clock(max_seconds)
    given = None
    try:
        with isolated() as printed, clock.alarm():
            given = Answer(exercise, answer, clock, printed)
            feedback = exercise.checker(given) or exercise.right_answer()
    except Told as told:
        feedback = told.feedback
    except TooLong as late:
        return _endless(exercise, answer, late, clock.max_seconds)
    except MemoryError:
        feedback = exercise.state("memory")
    except Exception as error:
        # An answer of a form that nobody thought of must not end in a traceback of the check.
        feedback = exercise.state("unclear", type=type(error).__name__, message=error)
    if not feedback.passed and given is not None:
        if given.swapped_arguments():
            return exercise.state("argument-order", own=given.own_signature())
        return given.unfinished() or feedback
    return feedback


def solution(name: str) -> Solutions:
    """Return the right programs of an exercise, or its answer in words, as a list of texts.

    Raises:
        ValueError: for a name that no exercise has.
    """
    exercise = _named(name)
    programs = exercise.solutions
    return Solutions(programs or [exercise.right["why"]], are_code=bool(programs))


def _names_optimizers(answer) -> bool:
    """Tell whether a text, or the code of a function, speaks of optimizers."""
    if isinstance(answer, str):
        return "optim" in answer
    names, codes = set(), [getattr(answer, "__code__", None)]
    while codes:
        code = codes.pop()
        if code is not None:
            names |= set(code.co_names)
            codes += [one for one in code.co_consts if hasattr(one, "co_names")]
    return bool(names & {"optim", "SGD", "Adam", "AdamW", "RMSprop"})


def _load_optimizers() -> None:
    """Let PyTorch load what its first optimizer wants: seconds that are not the reader's."""
    torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)


def _named(name: str) -> Exercise:
    if name not in _EXERCISES:
        raise ValueError(
            f"there is no exercise {name!r}; exercises() lists them: {', '.join(_EXERCISES)}."
        )
    return _EXERCISES[name]


def _endless(exercise, answer, late, max_seconds) -> Feedback:
    line = ""
    if late.line and isinstance(answer, str):
        text = Text(answer)
        number = text.never_ends() or late.line
        line = exercise.quoted(number, text.line(number))
    return exercise.state("endless-line" if line else "endless", line, seconds=f"{max_seconds:g}")
