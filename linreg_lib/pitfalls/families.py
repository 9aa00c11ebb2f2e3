"""Pitfalls that look alike from outside: the same message, or the same symptom (book: Pitfalls)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from linreg_lib.pitfalls._base import Pitfall


@dataclass(frozen=True)
class Family:
    """What a reader meets, and the pitfalls that may be behind it.

    Attributes:
        sees: what is seen, in the reader's words.
        ask: the question that tells the members apart, in a sentence or two; empty where their
            own `tells_apart` are enough.
        says: how the messages begin that make a pitfall a member; empty where it is silent.
        members: the pitfalls' names, in their order.
    """

    sees: str
    ask: str
    says: tuple[str, ...]
    members: tuple[str, ...]


def read_families(path: Path, pitfalls: dict[str, Pitfall]) -> tuple[Family, ...]:
    """Read the families; those with a message gather the pitfalls that give it."""
    families = []
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["family"]:
        says = tuple(row.get("says", ()))
        members = row.get("members") or [
            name
            for name, pitfall in pitfalls.items()
            if any(message.text.startswith(says) for message in pitfall.messages)
        ]
        families.append(Family(row["sees"], row.get("ask", ""), says, tuple(members)))
    return tuple(families)
