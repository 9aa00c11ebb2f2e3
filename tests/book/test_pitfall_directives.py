"""What the directives about pitfalls make of programs, labels and messages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))
import book_pitfalls

BEFORE = "import torch\na = 1\nb = 2\nc = 3\nd = 4\ne = 5\nprint(a)\n"
AFTER = "import torch\na = 1\nb = 5\nc = 3\nd = 4\ne = 5\nprint(a, d)\n"


def test_changed_lines_are_those_that_go():
    assert book_pitfalls.changed_lines(BEFORE, AFTER) == [3, 7]
    assert book_pitfalls.changed_lines(BEFORE, BEFORE + "f = 6\n") == []


def test_a_difference_shows_the_change_and_a_line_around_it():
    assert book_pitfalls.difference(BEFORE, AFTER).splitlines() == [
        " a = 1",
        "-b = 2",
        "+b = 5",
        " c = 3",
        " ...",
        " e = 5",
        "-print(a)",
        "+print(a, d)",
    ]


def test_a_label_that_is_python_becomes_code():
    assert book_pitfalls.as_code("best = w[:]") == "`best = w[:]`"
    assert book_pitfalls.as_code("a larger learning rate") == "A larger learning rate"
    assert book_pitfalls.as_code("`del x` at the end") == "`del x` at the end"


def test_a_long_message_is_cut_after_its_first_statement():
    assert book_pitfalls.shortened("KeyError: no x") == "KeyError: no x"
    assert book_pitfalls.shortened("Can't do it. Use that instead.") == "Can't do it ..."
    assert book_pitfalls.shortened("modified: [torch.FloatTensor [2]] is") == "modified ..."


def test_an_outcome_has_the_output_the_error_and_the_warnings():
    source = "import warnings\nprint('before')\nwarnings.warn('careful')\n1 / 0\n"
    assert book_pitfalls.outcome(source) == (
        "before",
        "ZeroDivisionError: division by zero",
        ["careful"],
    )
