"""From an error of PyTorch to its likely cause in your code, its cure and its section of the book.

    with hints():            # in a program
        loss.backward()

    %load_ext linreg_lib.hints   # in a notebook, for every cell

A note is added to the traceback; the error itself stays as it is. Nothing runs as long as nothing
fails, and an error that is not understood gets no note (book: Pitfalls).
"""

import inspect
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from linreg_lib._book import book_url, where_to_read
from linreg_lib.hints import (  # noqa: F401
    _rules_autograd,
    _rules_calls,
    _rules_data,
    _rules_messages,
    _rules_modules,
    _rules_names,
    _rules_none,
    _rules_objects,
    _rules_operators,
    _rules_tensors,
)
from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._frames import places_of
from linreg_lib.hints._rules import LAST, RULES
from linreg_lib.words import words

__all__ = ["Hint", "explain", "hints"]

# What a worker of a DataLoader raised: its message comes last, after a traceback as text.
_OF_WORKER = re.compile(
    r"(?s)Caught \w+ in (DataLoader worker|replica).*\n"
    r"(\w+\.)*\w+(Error|Exception): (?P<message>.*)"
)


@dataclass(frozen=True)
class Hint:
    """What an error means.

    Attributes:
        pitfall: name of the pitfall, or None where the error's kind is known but not its cause.
        happened: what happened, in the words of the book.
        cause: the likely cause in this code, or None where it cannot be known.
        cure: what to write.
        address: the section of the book, relative to the built book's root.
    """

    pitfall: str | None
    happened: str
    cause: str | None
    cure: str
    address: str

    @property
    def url(self) -> str:
        """The address, complete where the environment knows the book's (LINREG_BOOK_URL)."""
        return book_url(self.address)

    def __str__(self) -> str:
        label = words("hints")["label"]
        lines = [label["happened"].format(text=self.happened)]
        if self.cause:
            lines.append(label["cause"].format(text=self.cause))
        if self.cure:
            lines.append(label["cure"].format(text=self.cure))
        return "\n".join([*lines, f"  {where_to_read(self.address)}"])


def explain(error: BaseException) -> Hint | None:
    """Explain an error of PyTorch, or return None where it is not one of the known pitfalls.

    Args:
        error: an exception that was raised, with its traceback.

    Returns:
        the hint; the error is left as it is.
    """
    rules, message = [*RULES, *LAST], str(error)
    if of_worker := _OF_WORKER.match(message):
        rules, message = LAST, of_worker["message"]
    for types, pattern, diagnose in rules:
        match = pattern.match(message) if isinstance(error, types) else None
        if match:
            places = places_of(error)
            try:
                diagnosis = diagnose(error, match, places) if places else None
            except TimeoutError:
                return None
            if diagnosis:
                return _hint(diagnosis)
    return None


def _hint(found: Diagnosis) -> Hint:
    return Hint(found.pitfall, found.what, found.cause, found.cure, found.address)


def annotate(error: BaseException) -> None:
    """Add the hint, where there is one, as a note to the error; never fail, never twice."""
    # The reader's error must come through whatever state their program is in.
    try:
        hint = explain(error)
        if hint is not None and str(hint) not in getattr(error, "__notes__", []):
            error.add_note(str(hint))
    except Exception:
        return


@contextmanager
def hints() -> Iterator[None]:
    """Add a note to any error of PyTorch that leaves the block and that the book explains."""
    try:
        yield
    except Exception as error:
        annotate(error)
        raise


def load_ipython_extension(shell) -> None:
    """Add notes to the errors of every cell: `%load_ext linreg_lib.hints`."""

    def show(shell, error_type, error, tb, tb_offset=None):
        annotate(error)
        shown = shell.showtraceback((error_type, error, tb), tb_offset=tb_offset)
        if not _tracebacks_show_notes():
            for note in getattr(error, "__notes__", []):
                print(note, file=sys.stderr)
        return shown

    shell.set_custom_exc((Exception,), show)


def _tracebacks_show_notes() -> bool:
    """Tell whether this IPython prints the notes of an error; version 7, as in Colab, does not."""
    from IPython.core import ultratb

    return "__notes__" in inspect.getsource(ultratb)


def unload_ipython_extension(shell) -> None:
    """Stop adding notes: `%unload_ext linreg_lib.hints`."""
    shell.set_custom_exc((), None)
