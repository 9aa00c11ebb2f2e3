"""What people say about this subject, and the experiments that check it (book: Claims, checked).

`evidence("F3")` runs the experiment of a row and returns the numbers that its answer quotes; it
fails if the row's verdict is false. The rows are in `claims.toml`.
"""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from linreg_lib.claims import (  # noqa: F401, they register the experiments
    _data,
    _graph,
    _losses,
    _minibatches,
    _parameters,
    _stopping,
    _training,
    _update,
)
from linreg_lib.claims._tools import EXPERIMENTS

__all__ = ["answers", "evidence", "rows", "verdicts"]


@cache
def rows() -> tuple[dict, ...]:
    """Read the rows of `claims.toml`, in their order."""
    text = Path(__file__).with_name("claims.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["claim"])


def evidence(claim: str) -> dict:
    """Run the experiment of a claim, A1 ... H5, and return the numbers that its answer quotes."""
    if claim not in EXPERIMENTS:
        raise ValueError(
            f"there is no claim {claim!r}. Write one of {', '.join(sorted(EXPERIMENTS))}."
        )
    return dict(_measured(claim))


@cache
def _measured(claim: str) -> dict:
    return EXPERIMENTS[claim]()


def answers() -> dict[str, str]:
    """Run every experiment and fill its numbers into the row's answer."""
    return {row["id"]: row["answer"].format(**evidence(row["id"])) for row in rows()}


def verdicts() -> dict[str, int]:
    """Count the verdicts."""
    return dict(Counter(row["verdict"] for row in rows()).most_common())
