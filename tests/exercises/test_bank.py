"""Every answer of the bank: each right one passes, each wrong one is told its own mistake."""

import pytest

from linreg_lib.exercises import check, exercises

CODE = {name: one for name, one in exercises().items() if one.kind == "code"}
RIGHT = [(name, i) for name, one in CODE.items() for i in range(len(one.solutions))]
WRONG = [
    (name, mistake, i)
    for name, one in CODE.items()
    for mistake, texts in one.wrong.items()
    for i in range(len(texts))
]


@pytest.mark.parametrize(("name", "i"), RIGHT)
def test_a_right_answer_passes(name, i):
    feedback = check(name, CODE[name].solutions[i])
    assert feedback.passed, str(feedback)


@pytest.mark.parametrize(("name", "mistake", "i"), WRONG)
def test_a_wrong_answer_is_told_its_mistake(name, mistake, i):
    feedback = check(name, CODE[name].wrong[mistake][i])
    assert (feedback.passed, feedback.mistake) == (False, mistake), str(feedback)


@pytest.mark.parametrize("name", CODE)
def test_there_are_enough_answers(name):
    assert len(CODE[name].solutions) >= 3
    assert len(CODE[name].wrong) >= 4


@pytest.mark.parametrize("name", CODE)
def test_the_start_is_not_wrong_but_not_started(name):
    assert check(name, CODE[name].start).mistake.startswith("not-started")
