"""No wrong answer passes by accident: each is tried on every exercise that asks for a function."""

import pytest

from linreg_lib.exercises import check, exercises
from linreg_lib.exercises._answer import Answer
from linreg_lib.exercises._isolation import Clock, isolated

ALL = exercises()
KINDS = {
    kind: [name for name, one in ALL.items() if one.asks == kind]
    for kind in ("function", "class", "program")
}


def written(name, text):
    """The function that a text defines."""
    with isolated() as printed:
        return Answer(ALL[name], text, Clock(5), printed).function


@pytest.mark.parametrize("name", KINDS["function"])
def test_a_wrong_function_passes_nowhere(name):
    for mistake, texts in ALL[name].wrong.items():
        for text in texts:
            function = written(name, text)
            for other in KINDS["function"]:
                feedback = check(other, function, max_seconds=5)
                assert not feedback.passed, (mistake, other)
                assert other != name or feedback.mistake, mistake


@pytest.mark.parametrize("name", KINDS["function"])
def test_a_right_function_passes_only_where_it_is_asked_for(name):
    function = written(name, ALL[name].solutions[0])
    passed = [other for other in KINDS["function"] if check(other, function).passed]
    assert passed == [name]
