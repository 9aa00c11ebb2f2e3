"""Answers in many styles: no right one is refused, and the wrong ones are named rightly."""

import re
from pathlib import Path

import pytest

from linreg_lib.exercises import check

FILES = sorted((Path(__file__).parent / "corpus").glob("*.txt"))


def answers(path):
    """Labels and texts of one exercise."""
    parts = re.split(r"^### (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


CASES = [
    pytest.param(path.stem, label, text, id=f"{path.stem}-{i}-{label}")
    for path in FILES
    for i, (label, text) in enumerate(answers(path))
]


@pytest.mark.parametrize(("name", "label", "text"), CASES)
def test_an_answer_is_told_what_it_is(name, label, text):
    feedback = check(name, text)
    told = "right" if feedback.passed else str(feedback.mistake)
    assert told in label.split("|"), feedback.message
    assert told != "unclear"


def test_the_corpus_is_wide():
    assert len(FILES) == 10 and all(len(answers(path)) >= 25 for path in FILES)
