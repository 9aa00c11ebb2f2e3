"""Read the failing line of a traceback: its frame, its source and its syntax tree.

Nothing here runs a reader's code: names are looked up in frames, never evaluated.
"""

import ast
import inspect
import linecache
import os
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FrameType, FunctionType, MethodType, TracebackType
from typing import Any

import torch

_TORCH = os.path.dirname(torch.__file__) + os.sep
_LIBRARIES = (_TORCH, sysconfig.get_paths()["stdlib"] + os.sep)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
MISSING = object()


@dataclass
class Scope:
    """A function or a module as source, with the values that its names stand for."""

    node: ast.AST
    names: dict[str, Any]
    tree: ast.Module

    def module(self) -> "Scope":
        """Return the scope of the module (all cells of a notebook) around this one."""
        return self if self.node is self.tree else Scope(self.tree, self.names, self.tree)

    def value(self, node: ast.AST | str | None) -> Any:
        """Look up a name, `a.b` or `a[0]`; MISSING where that is not known or not safe."""
        if isinstance(node, str):
            try:
                node = ast.parse(node, mode="eval").body
            except SyntaxError:  # `net.0.weight`, as modules name their parameters
                return MISSING
        return _lookup(node, self.names)


@dataclass
class Place:
    """A line of the reader's code that an error passed through.

    Attributes:
        lineno: the line; scope: the function (or module) around it.
        node: the expression that was being computed there, where Python knows it.
    """

    frame: FrameType
    lineno: int
    scope: Scope
    node: ast.AST | None

    def value(self, node: ast.AST | str | None) -> Any:
        """Look up a name, `a.b` or `a[0]` in the frame."""
        return self.scope.value(node)


def places_of(error: BaseException) -> list[Place]:
    """Return the lines of the reader's code that an error passed through, innermost first."""
    places: list[Place] = []
    outer: dict[str, dict[str, Any]] = {}
    for frame, tb in _frames(error.__traceback__):
        code = frame.f_code
        if code.co_filename.startswith(_LIBRARIES):
            continue
        tree = _tree(code.co_filename, frame)
        if tree is None:
            continue
        tree = _with_cells(tree, frame.f_globals)
        names = {**frame.f_globals, **frame.f_locals}
        # Up to Python 3.11 a comprehension has a frame of its own inside its function's.
        if code.co_name in _COMPREHENSIONS:
            names = {**outer.get(code.co_filename, {}), **frame.f_locals}
        outer[code.co_filename] = names
        scope = Scope(_scope(tree, code, tb.tb_lineno), names, tree)
        places.insert(0, Place(frame, tb.tb_lineno, scope, _failing_node(tree, code, tb)))
    return places


def _frames(tb: TracebackType | None) -> Iterator[tuple[FrameType, TracebackType]]:
    while tb is not None:
        yield tb.tb_frame, tb
        tb = tb.tb_next


def _tree(filename: str, frame: FrameType | None = None) -> ast.Module | None:
    lines = linecache.getlines(filename, frame.f_globals if frame else None)
    try:
        return ast.parse("".join(lines)) if lines else None
    except SyntaxError:
        return None


# Statements of earlier cells get line numbers below 1, so that "before" can be told from lines.
_CELL_LINES = 100_000
_MAX_CELLS = 50


def _with_cells(tree: ast.Module, names: dict[str, Any]) -> ast.Module:
    """Add the earlier cells of a notebook, latest first: what a name was given may be there."""
    cells = names.get("In")
    if "get_ipython" not in names or type(cells) is not list:
        return tree
    body = list(tree.body)
    for back in range(1, min(len(cells) - 1, _MAX_CELLS)):
        number = len(cells) - 1 - back
        try:
            cell = ast.parse(cells[number])
        except (SyntaxError, TypeError):
            continue
        ast.increment_lineno(cell, -back * _CELL_LINES)
        for node in ast.walk(cell):
            node.cell = number
        body += cell.body
    return ast.Module(body=body, type_ignores=[])


def where(node: ast.AST) -> str:
    """Return `line 3`, or `line 3 of cell [2]` for an earlier cell of a notebook."""
    cell = getattr(node, "cell", None)
    return (
        f"line {node.lineno}"
        if cell is None
        else f"line {node.lineno % _CELL_LINES} of cell [{cell}]"
    )


def _scope(tree: ast.Module, code: CodeType, lineno: int) -> ast.AST:
    """Return the smallest function around the line; comprehensions belong to their function."""
    if code.co_name == "<module>":
        return tree
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, _SCOPES) and node.lineno <= lineno <= (node.end_lineno or 0)
    ]
    return max(around, key=lambda node: node.lineno, default=tree)


def _failing_node(tree: ast.Module, code: CodeType, tb: TracebackType) -> ast.AST | None:
    """Return the expression that was being computed, from the instruction's position."""
    positions = list(code.co_positions())
    line, end_line, column, end_column = positions[tb.tb_lasti // 2]
    if None in (line, end_line, column, end_column):
        return None
    for node in ast.walk(tree):
        if (
            getattr(node, "lineno", None) == line
            and node.end_lineno == end_line
            and node.col_offset == column
            and node.end_col_offset == end_column
            and not isinstance(node, ast.Expr)
        ):
            return node
    return None


def _lookup(node: ast.AST | None, names: dict[str, Any]) -> Any:
    """Look up without running anything of the reader's: stored attributes and items alone."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return names.get(node.id, MISSING)
    if isinstance(node, ast.Attribute):
        return attribute(_lookup(node.value, names), node.attr)
    if isinstance(node, ast.Subscript):
        holder, key = _lookup(node.value, names), _lookup(node.slice, names)
        if type(holder) in (list, tuple, dict) and isinstance(key, (int, str)):
            try:
                return holder[key]
            except (LookupError, TypeError):
                return MISSING
    return MISSING


def attribute(holder: Any, name: str) -> Any:
    """Return an attribute that is stored, not computed; MISSING otherwise."""
    if isinstance(holder, torch.nn.Module):
        for table in (holder._parameters, holder._buffers, holder._modules, vars(holder)):
            if name in table:
                return table[name]
    elif isinstance(holder, torch.Tensor) or holder is MISSING:
        return MISSING
    elif name in getattr(holder, "__dict__", {}):
        return vars(holder)[name]
    return MISSING


def function_scope(function: Any) -> tuple[Scope, Any] | None:
    """Return the source of a reader's function, method or module call, and its owner (self)."""
    owner = None
    if isinstance(function, torch.nn.Module):
        owner, function = function, type(function).forward
    if isinstance(function, MethodType):
        owner, function = function.__self__, function.__func__
    function = inspect.unwrap(function) if callable(function) else function
    if not isinstance(function, FunctionType):
        return None
    code = function.__code__
    if code.co_filename.startswith(_LIBRARIES):
        return None
    tree = _tree(code.co_filename)
    if tree is None:
        return None
    tree = _with_cells(tree, function.__globals__)
    for node in ast.walk(tree):
        if (
            hasattr(node, "cell")
            or not isinstance(node, _SCOPES)
            or getattr(node, "name", "<lambda>") != code.co_name
        ):
            continue
        # A decorated function's first line is that of its decorator.
        decorators = getattr(node, "decorator_list", [])
        if min([node.lineno, *(d.lineno for d in decorators)]) == code.co_firstlineno:
            names = dict(function.__globals__)
            for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=True):
                try:
                    names[name] = cell.cell_contents
                except ValueError:  # the cell is still empty
                    continue
            if owner is not None and code.co_argcount:
                names[code.co_varnames[0]] = owner
            return Scope(node, names, tree), owner
    return None


def text(node: ast.AST) -> str:
    """Return a node as source text, on one line."""
    return ast.unparse(node).split("\n")[0]
