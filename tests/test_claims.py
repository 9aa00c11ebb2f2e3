"""The table of claims: no verdict without an experiment, no link without a target."""

import re
import string
from pathlib import Path

import pytest
import torch

from linreg_lib import sgd, squared_loss
from linreg_lib.claims import (
    EXPERIMENTS,
    _graph,
    _losses,
    _minibatches,
    _parameters,
    _stopping,
    _training,
    _update,
    answers,
    evidence,
    rows,
    verdicts,
)
from linreg_lib.claims._tools import trained
from linreg_lib.pitfalls import PITFALLS, mean_squared_loss, sgd_dividing_by

BOOK = Path(__file__).parents[1] / "book"
# Every row of the material that the book answers.
ROWS = {"A": 7, "B": 3, "C": 7, "D": 7, "E": 9, "F": 8, "G": 7, "H": 5}
EXPECTED = [f"{letter}{i}" for letter, count in ROWS.items() for i in range(1, count + 1)]
VERDICTS = {"right", "partly", "wrong", "convention", "error", "question"}
IDS = [row["id"] for row in rows()]


def test_every_row_is_there_once_and_in_order():
    assert IDS == EXPECTED


@pytest.mark.parametrize("row", rows(), ids=IDS)
def test_a_row_is_complete(row):
    assert set(row) - {"further"} == {"id", "claim", "verdict", "answer", "see", "experiment"}
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
    if row["verdict"] in {"partly", "wrong", "convention", "error"}:
        assert named
    if row["see"].startswith("pitfall-"):
        assert row["see"].removeprefix("pitfall-") in PITFALLS


def test_pitfalls_belong_to_rows_that_exist():
    for pitfall in PITFALLS.values():
        assert set(pitfall.claims) <= set(IDS), pitfall.name


def test_the_page_shows_every_section():
    text = (BOOK / "claims.md").read_text(encoding="utf-8")
    assert re.findall(r"^```\{claims\} (\w)$", text, re.MULTILINE) == list(ROWS)


def _in_order(batch_size, features, labels, **options):
    for i in range(0, len(features) - len(features) % batch_size, batch_size):
        yield features[i : i + batch_size], labels[i : i + batch_size]


def _dividing_by_zero(*args, **options):
    def update(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad / torch.zeros(())
                param.grad.zero_()

    return trained(*args, update=update, **options)


def _by_fixed_count(*args, **options):
    return trained(*args, **{**options, "update": sgd_dividing_by(10)})


# A world in which the verdict would be false: (claim, module, name there, what stands for it).
FALSE_WORLDS = [
    ("B1", _minibatches, "data_iter", _in_order),
    ("B2", _minibatches, "data_iter", _in_order),
    ("B3", _minibatches, "trained", _by_fixed_count),
    ("C7", _parameters, "sgd_rebinding", sgd),
    ("D2", _losses, "squared_loss_broadcasting", squared_loss),
    ("D6", _losses, "sgd_without_division", sgd),
    ("E5", _update, "sgd_keeping_gradients", sgd),
    ("E6", _update, "squared_loss", mean_squared_loss),
    ("F3", _training, "trained", _dividing_by_zero),
    ("F5", _training, "trained", lambda *args, w=None, b=None, **rest: trained(*args, **rest)),
    ("G5", _graph, "sgd", sgd_dividing_by(10)),
    ("H5", _stopping, "least_squares", lambda X, y: (torch.zeros(2, 1), torch.zeros(1))),
]


@pytest.mark.parametrize(("claim", "module", "name", "other"), FALSE_WORLDS)
def test_an_experiment_fails_where_its_verdict_would_be_false(
    claim, module, name, other, monkeypatch
):
    monkeypatch.setattr(module, name, other)
    with pytest.raises(AssertionError):
        EXPERIMENTS[claim]()
