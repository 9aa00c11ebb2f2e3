"""The classic mistakes, each with a wrong and a right program (book: Pitfalls).

`PITFALLS["second-backward"].wrong` is source text for the stepper; `run_program` runs it and
returns the error it ends with. The functions (`sgd_keeping_gradients`, ...) can be passed to
`linreg_lib.train`.
"""

import tomllib
from pathlib import Path

from linreg_lib.pitfalls._base import Lookalike, Message, Outcome, Pitfall, read, run_program
from linreg_lib.pitfalls.families import Family, read_families
from linreg_lib.pitfalls.functions import (
    linreg_under_no_grad,
    mean_squared_loss,
    sgd_data,
    sgd_dividing_by,
    sgd_keeping_gradients,
    sgd_rebinding,
    sgd_weight_decay_typo,
    sgd_without_division,
    sgd_zeroing_first,
    squared_loss_broadcasting,
)

_FOLDER = Path(__file__).parent

TOPICS: dict[str, list[str]] = tomllib.loads((_FOLDER / "topics.toml").read_text(encoding="utf-8"))
"""The pitfalls' names by topic, both in the book's order."""

PITFALLS: dict[str, Pitfall] = {
    name: read(_FOLDER / name, topic) for topic, names in TOPICS.items() for name in names
}
"""Every pitfall by its name, in the order of the book's pages."""

FAMILIES: tuple[Family, ...] = read_families(_FOLDER / "families.toml", PITFALLS)
"""What several pitfalls share from outside: a message, or a symptom."""

__all__ = [
    "FAMILIES",
    "PITFALLS",
    "TOPICS",
    "Family",
    "Lookalike",
    "Message",
    "Outcome",
    "Pitfall",
    "linreg_under_no_grad",
    "mean_squared_loss",
    "run_program",
    "sgd_data",
    "sgd_dividing_by",
    "sgd_keeping_gradients",
    "sgd_rebinding",
    "sgd_weight_decay_typo",
    "sgd_without_division",
    "sgd_zeroing_first",
    "squared_loss_broadcasting",
]
