"""From a traceback to the reader's own lines that the error passed through."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

from linreg_lib.hints._libraries import is_library
from linreg_lib.hints._source import Scope, Source, Sources
from linreg_lib.hints._syntax import functions_in

_COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")


@dataclass
class Place:
    """A line of the reader's code that an error passed through.

    Attributes:
        scope: the function (or module) around it, as it was at that line.
        node: the expression that was being computed there, where Python knows it.
        lineno: the line, on the source's time line.
        known: whether the line's source text is known.
    """

    scope: Scope
    node: ast.AST | None
    lineno: int
    known: bool

    def value(self, node: ast.AST | str | None) -> Any:
        """Look up a name, `a.b` or `a[0]` in the frame."""
        return self.scope.value(node)

    @property
    def where(self) -> str:
        """The line in words."""
        return self.scope.where(self)

    @property
    def statement(self) -> ast.stmt | None:
        """The innermost statement around the line."""
        around = [
            node
            for node in ast.walk(self.scope.node)
            if isinstance(node, ast.stmt)
            and node.lineno <= self.lineno <= (node.end_lineno or node.lineno)
        ]
        inside = [s for s in around if any(part is self.node for part in ast.walk(s))]
        return max(inside or around, key=lambda node: (node.lineno, -node.end_lineno), default=None)


def places_of(error: BaseException) -> list[Place]:
    """Return the lines of the reader's code that an error passed through, innermost first."""
    places: list[Place] = []
    sources = Sources()
    outer: dict[str, dict[str, Any]] = {}
    for frame, tb in _frames(error.__traceback__):
        code = frame.f_code
        if is_library(code.co_filename):
            continue
        if code.co_name == "<module>":  # what runs a program is not a part of it
            places.clear()
        source, shift = sources.read(code.co_filename, frame.f_globals)
        names = {**frame.f_globals, **frame.f_locals}
        # Up to Python 3.11 a comprehension has a frame of its own inside its function's.
        if code.co_name in _COMPREHENSIONS:
            names = {**outer.get(code.co_filename, {}), **frame.f_locals}
        outer[code.co_filename] = names
        line = tb.tb_lineno + shift
        node = _scope(source, code, line)
        failing = _failing_node(source, code, tb, shift)
        column = getattr(failing, "col_offset", 0)
        scope = Scope(node, names, frame.f_globals, source, sources, line, column)
        if places:
            scope.call = (places[0].node, places[0].scope)
        source.reached[id(node)] = scope
        places.insert(0, Place(scope, failing, line, bool(source.tree.body)))
    if places:
        places[0].scope.source.main = True
    return places


def in_library(error: BaseException, *folders: str) -> bool:
    """Tell whether an error was raised in a file of a library: `in_library(error, "pandas")`."""
    files = [frame.f_code.co_filename for frame, _ in _frames(error.__traceback__)]
    return bool(files) and _lies_in(files[-1], folders)


def passed_through(error: BaseException, *folders: str) -> bool:
    """Tell whether an error passed through a file of a library, by the end of its folders."""
    return any(_lies_in(f.f_code.co_filename, folders) for f, _ in _frames(error.__traceback__))


def _lies_in(filename: str, folders: tuple[str, ...]) -> bool:
    parts = Path(filename).parts
    ends = range(len(parts) - len(folders) + 1)
    return is_library(filename) and any(parts[i : i + len(folders)] == folders for i in ends)


def _frames(tb: TracebackType | None) -> Iterator[tuple[FrameType, TracebackType]]:
    while tb is not None:
        yield tb.tb_frame, tb
        tb = tb.tb_next


def _scope(source: Source, code: CodeType, line: int) -> ast.AST:
    """Return the smallest function around the line; comprehensions belong to their function."""
    if code.co_name == "<module>":
        return source.tree
    around = [
        node for node in functions_in(source.tree) if node.lineno <= line <= (node.end_lineno or 0)
    ]
    return max(around, key=lambda node: node.lineno, default=source.tree)


def _failing_node(source: Source, code: CodeType, tb: TracebackType, shift: int) -> ast.AST | None:
    """Return the expression that was being computed, from the instruction's position."""
    line, end_line, column, end_column = list(code.co_positions())[tb.tb_lasti // 2]
    if None in (line, end_line, column, end_column):
        return None
    for node in ast.walk(source.tree):
        if (
            getattr(node, "lineno", None) == line + shift
            and node.end_lineno == end_line + shift
            and node.col_offset == column
            and node.end_col_offset == end_column
            and not isinstance(node, ast.Expr)
        ):
            return node
    return None
