"""Warnings carry the line of the program that caused them, as those of PyTorch's C++ do."""

import contextlib
import sys
import warnings

from torch._mini.refusal import PACKAGE

_said: set[str] = set()
_inside: list[str] = []


@contextlib.contextmanager
def from_within(filename: str):
    """Warnings of PyTorch's own Python code name that code's file, not the program's."""
    _inside.append(filename)
    try:
        yield
    finally:
        _inside.pop()


def warn(message: str, category=UserWarning, once: str | None = None) -> None:
    """Warn at the innermost frame outside the miniature.

    Args:
        message: PyTorch's words.
        category: the warning's class.
        once: a key; PyTorch says some warnings once in a process.
    """
    if once is not None:
        if once in _said:
            return
        _said.add(once)
    if _inside:
        warnings.warn_explicit(message, category, _inside[-1], 1, registry={})
        return
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(PACKAGE):
        frame = frame.f_back
    if frame is None:
        warnings.warn_explicit(message, category, "?", 0)
        return
    registry = frame.f_globals.setdefault("__warningregistry__", {})
    warnings.warn_explicit(
        message, category, frame.f_code.co_filename, frame.f_lineno, registry=registry
    )
