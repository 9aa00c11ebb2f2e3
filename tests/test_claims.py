"""The table of claims: no verdict without an experiment, no link without a target."""

import re
import string
from pathlib import Path

import pytest

from linreg_lib.claims import EXPERIMENTS, answers, evidence, rows, verdicts
from linreg_lib.pitfalls import PITFALLS

BOOK = Path(__file__).parents[1] / "book"
# Every row of the material that the book answers.
ROWS = {"A": 7, "B": 3, "C": 7, "D": 7, "E": 9, "F": 8, "G": 7, "H": 5}
EXPECTED = [f"{letter}{i}" for letter, count in ROWS.items() for i in range(1, count + 1)]
VERDICTS = {"right", "partly", "wrong", "error", "question"}
IDS = [row["id"] for row in rows()]


def test_every_row_is_there_once_and_in_order():
    assert IDS == EXPECTED


@pytest.mark.parametrize("row", rows(), ids=IDS)
def test_a_row_is_complete(row):
    assert set(row) == {"id", "claim", "verdict", "answer", "see", "experiment"}
    assert row["verdict"] in VERDICTS
    assert EXPERIMENTS[row["id"]].__name__ == row["experiment"]
    assert len(re.split(r"[.!?] ", row["answer"])) <= 4, "an answer, not a chapter"


@pytest.mark.parametrize("row", rows(), ids=IDS)
def test_the_experiment_holds_and_computes_what_the_answer_quotes(row):
    numbers = evidence(row["id"])
    quoted = {name for _, name, _, _ in string.Formatter().parse(row["answer"]) if name}
    assert quoted <= set(numbers)
    assert "nan" not in row["answer"].format(**numbers).replace("is nan", "")


def test_a_claim_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"no claim 'Z9'\. Write one of A1, "):
        evidence("Z9")


def test_no_experiment_is_left_over():
    assert sorted(EXPERIMENTS) == sorted(IDS)


def test_the_verdicts_add_up():
    assert sum(verdicts().values()) == len(IDS) == len(answers())


@pytest.mark.parametrize("row", rows(), ids=IDS)
def test_a_claim_that_does_not_hold_is_among_the_pitfalls(row):
    named = [p for p in PITFALLS.values() if row["id"] in p.claims]
    if row["verdict"] in {"partly", "wrong", "error"}:
        assert named
    if row["see"].startswith("pitfall-"):
        assert row["see"].removeprefix("pitfall-") in PITFALLS


def test_pitfalls_belong_to_rows_that_exist():
    for pitfall in PITFALLS.values():
        assert set(pitfall.claims) <= set(IDS), pitfall.name


def test_the_page_shows_every_section():
    text = (BOOK / "claims.md").read_text(encoding="utf-8")
    assert re.findall(r"^```\{claims\} (\w)$", text, re.MULTILINE) == list(ROWS)
