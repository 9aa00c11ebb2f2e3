"""The corpus of steps: silent mistakes are named, right steps are left in peace."""

import pytest
from step_programs import programs

from linreg_lib.checks import check_training_step

PROGRAMS = programs()
WRONG = [p for p in PROGRAMS if p.expected]
RIGHT = [p for p in PROGRAMS if not p.expected]


def findings_of(program):
    names = program.names()
    params, X, y = names["params"], names["X"], names["y"]
    return check_training_step(names["step"], params, X, y, batch_size=10, time_limit=60)


@pytest.mark.parametrize("program", WRONG, ids=[p.name for p in WRONG])
def test_a_silent_mistake_is_named_and_nothing_else(program):
    assert [f.pitfall or "general" for f in findings_of(program)] == [program.expected]


@pytest.mark.parametrize("program", RIGHT, ids=[p.name for p in RIGHT])
def test_a_right_step_has_no_finding(program):
    found = findings_of(program)
    assert found == []
    assert {str(n.pitfall) for n in found.notes} >= set(program.notes)


def test_the_corpus_is_large():
    assert len(WRONG) >= 60
    assert len(RIGHT) >= 80
