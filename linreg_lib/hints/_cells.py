"""The cells of a notebook, or the inputs of a console, in the order in which they ran."""

import linecache
import re
from dataclasses import dataclass
from typing import Any

# `<python-input-3>`, `<cell 3>`: numbered inputs whose sources Python keeps.
_NUMBERED = re.compile(r"<(?P<before>.*?)(?P<number>\d+)(?P<after>\D*)>")
_MANY = 200


@dataclass
class Cells:
    """Cells with their numbers.

    Attributes:
        texts: source by number.
        number: the number of the one that was asked for.
        names: what a traceback calls them, where that is not their number in a notebook.
        key: the same for all cells of one session.
    """

    texts: dict[int, str]
    number: int
    names: dict[int, str]
    key: object


def cells_of(filename: str, lines: str, names: dict[str, Any]) -> Cells | None:
    """Return the cells of the session that a file is a cell of; None for any other file."""
    kept = names.get("In")
    if "get_ipython" in names and type(kept) is list:
        return _of_notebook(filename, lines, kept)
    return _of_console(filename, names)


def _of_notebook(filename: str, lines: str, kept: list[str]) -> Cells | None:
    first = max(len(kept) - _MANY, 0)
    texts = {number: text for number, text in enumerate(kept) if number >= first}
    same = [number for number, text in texts.items() if text.strip() == lines.strip()]
    if same:
        return Cells(texts, same[-1], {}, id(kept))
    if lines and ("ipython-input" in filename or "ipykernel" in filename):
        # A cell that the history does not keep runs after all that it keeps.
        return Cells({**texts, len(kept): lines}, len(kept), {}, id(kept))
    return None


def _of_console(filename: str, names: dict[str, Any]) -> Cells | None:
    own = _NUMBERED.fullmatch(filename)
    if own is None:
        return None
    found = {}
    for known in list(linecache.cache):
        match = _NUMBERED.fullmatch(known) if isinstance(known, str) else None
        if match and match["before"] == own["before"] and match["after"] == own["after"]:
            found[int(match["number"])] = known
    number = int(own["number"])
    # What has a later number was left by another session.
    texts = {n: "".join(linecache.getlines(known)) for n, known in found.items() if n <= number}
    return Cells(texts, number, found, (own["before"], own["after"], id(names)))
