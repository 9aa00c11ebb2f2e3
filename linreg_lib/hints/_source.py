"""The reader's source as syntax trees: files, and the cells of a notebook on one time line.

Nothing here runs a reader's code: names are looked up, never evaluated.
"""

import ast
import inspect
import linecache
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import FunctionType, MethodType
from typing import Any

import torch

from linreg_lib.hints._cells import Cells, cells_of
from linreg_lib.hints._libraries import is_library
from linreg_lib.hints._syntax import functions_in, inside
from linreg_lib.hints._values import MISSING, lookup
from linreg_lib.words import words

_INFINITY = float("inf")
_SECONDS = 4.0
# Line numbers of a notebook's cell n are shifted by n times this: later cells have later lines.
_CELL_LINES = 100_000


@dataclass
class Source:
    """A file, or all cells of a notebook in the order in which they ran.

    Attributes:
        tree: its syntax tree; line numbers grow with the time of running.
        name: the file's name, for sentences.
        reached: by id of a function or the module, its scope where the error passed through it.
        main: whether sentences about it need no name: the program, or the notebook.
        cell: the number of the running cell; None for a file.
        cells: the names of the cells, where they are not called by their numbers.
    """

    tree: ast.Module
    name: str = ""
    reached: dict[int, "Scope"] = field(default_factory=dict)
    main: bool = False
    cell: int | None = None
    cells: dict[int, str] = field(default_factory=dict)

    def cell_of(self, node: ast.AST) -> list[ast.stmt]:
        """Return the statements of the cell that a node stands in."""
        number = node.lineno // _CELL_LINES
        return [s for s in self.tree.body if s.lineno // _CELL_LINES == number]

    def where(self, node: ast.AST) -> str:
        """Return `line 3`, `line 3 of cell [2]` or `line 3 of model.py` in words."""
        cell, line = divmod(node.lineno, _CELL_LINES)
        table = words("hints")["where"]
        if self.cell is not None and cell in self.cells and cell != self.cell:
            return table["file"].format(line=line, file=self.cells[cell])
        if self.cell is not None and cell != self.cell:
            return table["cell"].format(line=line, cell=cell)
        if self.cell is None and not self.main:
            return table["file"].format(line=node.lineno, file=self.name)
        return table["line"].format(line=line)


class Sources:
    """All sources that one error has to do with, each read once."""

    def __init__(self) -> None:
        self._until = time.monotonic() + _SECONDS
        self._known: dict[str, tuple[Source, int]] = {}
        self._sessions: dict[object, Source] = {}

    def check_time(self) -> None:
        """Raise an error where a program is too large to be read in the time there is."""
        if time.monotonic() > self._until:
            raise TimeoutError

    def read(self, filename: str, names: dict[str, Any]) -> tuple[Source, int]:
        """Return a file's source and the shift of its lines; an empty one where it is not known."""
        if filename not in self._known:
            lines = "".join(linecache.getlines(filename, names))
            cells = cells_of(filename, lines, names)
            if cells is None:
                self._known[filename] = Source(_parse(lines), os.path.basename(filename)), 0
            else:
                self._known[filename] = self._session(cells), cells.number * _CELL_LINES
        return self._known[filename]

    def _session(self, cells: Cells) -> Source:
        # The first file that is asked for is that of the running cell, the last of its session.
        if cells.key not in self._sessions:
            body = [
                s for number in sorted(cells.texts) for s in _shifted(cells.texts[number], number)
            ]
            tree = ast.Module(body=body, type_ignores=[])
            running = max(cells.texts, default=cells.number)
            self._sessions[cells.key] = Source(tree, cell=running, cells=cells.names)
        return self._sessions[cells.key]


def _parse(lines: str) -> ast.Module:
    try:
        return ast.parse(lines)
    except (SyntaxError, ValueError, TypeError):
        return ast.Module(body=[], type_ignores=[])


def _shifted(cell: str, number: int) -> list[ast.stmt]:
    tree = _parse(cell)
    ast.increment_lineno(tree, number * _CELL_LINES)
    return tree.body


@dataclass
class Scope:
    """A function or a module as source, with the values that its names stand for.

    Attributes:
        node: the function, or the module's tree.
        names: what its names stand for; top: the same of its module.
        source: the source that it is part of.
        at: the line that it has come to; infinite where it has run to its end.
        column: the place in that line, for statements that share it.
        call: the expression that called it and the caller's scope, where known.
    """

    node: ast.AST
    names: dict[str, Any]
    top: dict[str, Any]
    source: Source = field(repr=False)
    sources: Sources = field(repr=False)
    at: float = _INFINITY
    column: int = 0
    call: "tuple[ast.AST | None, Scope] | None" = field(default=None, repr=False)

    def value(self, node: ast.AST | str | None) -> Any:
        """Look up a name, `a.b` or `a[0]`; MISSING where that is not known or not safe."""
        if isinstance(node, str):
            node = parsed(node)
        return lookup(node, self.names)

    def where(self, node: ast.AST) -> str:
        """Return where a node stands, in words."""
        return self.source.where(node)

    def shown(self, statement: ast.AST) -> str:
        """Return a statement with its line, in words."""
        table = words("hints")["where"]["statement"]
        return table.format(code=text(statement), where=self.where(statement))

    def around(self, node: ast.AST) -> "Scope":
        """Return the scope of a function around this one, or of the module."""
        if id(node) in self.source.reached:
            return self.source.reached[id(node)]
        names = self.top if node is self.source.tree else self.names
        return Scope(node, names, self.top, self.source, self.sources)

    def module(self) -> "Scope":
        """Return the scope of the module (all cells of a notebook) around this one."""
        return self if self.node is self.source.tree else self.around(self.source.tree)

    def enclosing(self) -> Iterator["Scope"]:
        """Yield this scope, the functions around it from the inside out, and the module."""
        yield self
        if self.node is self.source.tree:
            return
        holders = [
            node
            for node in functions_in(self.source.tree)
            if node is not self.node and inside(self.node, node) and self.node in functions_in(node)
        ]
        for node in sorted(holders, key=lambda node: node.lineno, reverse=True):
            yield self.around(node)
        yield self.module()

    def up_to(self, statement: ast.AST) -> "Scope":
        """Return the same scope as it was when it came to a statement."""
        return replace(self, at=statement.lineno, column=getattr(statement, "col_offset", 0))


def parsed(name: str) -> ast.expr | None:
    """Read a dotted name; None where it is none, such as a module's `0.weight`."""
    try:
        return ast.parse(name, mode="eval").body
    except SyntaxError:
        return None


def function_scope(function: Any, caller: Scope) -> tuple[Scope, Any] | None:
    """Return the source of a reader's function, method or module call, and its owner (self)."""
    owner = None
    if isinstance(function, torch.nn.Module):
        owner, function = function, type(function).forward
    if isinstance(function, MethodType):
        owner, function = function.__self__, function.__func__
    if isinstance(vars(type(function)).get("__call__"), FunctionType):
        owner, function = function, vars(type(function))["__call__"]
    function = inspect.unwrap(function) if isinstance(function, FunctionType) else function
    if not isinstance(function, FunctionType) or is_library(function.__code__.co_filename):
        return None
    code, top = function.__code__, function.__globals__
    source, shift = caller.sources.read(code.co_filename, top)
    for node in functions_in(source.tree):
        if getattr(node, "name", "<lambda>") != code.co_name:
            continue
        # A decorated function's first line is that of its decorator.
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        if first == code.co_firstlineno + shift:
            names = {**top, **_closed_over(function)}
            if owner is not None and code.co_argcount:
                names[code.co_varnames[0]] = owner
            return Scope(node, names, top, source, caller.sources), owner
    return None


def _closed_over(function: FunctionType) -> dict[str, Any]:
    names = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            names[name] = cell.cell_contents
        except ValueError:  # the cell is still empty
            names[name] = MISSING
    return names


def text(node: ast.AST) -> str:
    """Return a node as source text, on one line."""
    return ast.unparse(node).split("\n")[0]
