"""The sentences that the package shows, one table a subject, apart from code.

    words("changes")["grad-arrived"]  # "{name}.grad: {from} -> {to}"

Each table is a TOML file beside this one: dotted tables of templates, filled with `str.format`.
Another language is another set of these files. Nothing reads a sentence back: code compares facts.
"""

import tomllib
from functools import cache
from pathlib import Path

__all__ = ["words"]

_FOLDER = Path(__file__).parent


@cache
def words(subject: str) -> dict:
    """Read the table of a subject: templates by name, nested where the file nests them."""
    return tomllib.loads((_FOLDER / f"{subject}.toml").read_text(encoding="utf-8"))
