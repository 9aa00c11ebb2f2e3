"""What an expression was computed from: through assignments, calls and returns."""

import ast
from collections.abc import Iterator

import torch

from linreg_lib.hints._assignments import Origin, appended, assignments, newest_first
from linreg_lib.hints._source import Scope, function_scope
from linreg_lib.hints._syntax import (
    arguments,
    dotted,
    names_in,
    starts_without_grad,
)
from linreg_lib.hints._values import MISSING, requires_grad


def called_scope(call: ast.Call, scope: Scope) -> Scope | None:
    """Return the reader's function that a call runs, with what it is handed; None for others."""
    name = dotted(call.func)
    found = function_scope(scope.value(name), scope) if name else None
    if found is None and isinstance(call.func, ast.Attribute):
        holder = scope.value(call.func.value)
        method = getattr(type(holder), call.func.attr, None)
        if not isinstance(holder, torch.Tensor) and holder is not MISSING and method is not None:
            method = method.__get__(holder) if hasattr(method, "__get__") else None
            found = function_scope(method, scope)
    if found is None:
        return None
    inner, owner = found
    inner.call = (call, scope)
    for argument in arguments(inner.node)[owner is not None :]:
        if handed := argument_of(inner, argument):
            inner.names[argument] = scope.value(handed[0])
    return inner


def returned(call: ast.Call, scope: Scope) -> list[Origin]:
    """Return what a reader's function that is called returns, the last return first."""
    inner = called_scope(call, scope)
    if inner is None:
        return []
    off = starts_without_grad(inner.node)
    return [
        Origin(
            dotted(call.func) or "function",
            step.statement.value,
            step.statement,
            step.no_grad or off,
            step.loops,
            inner.up_to(step.statement),
        )
        for step, _ in newest_first(inner)
        if isinstance(step.statement, ast.Return) and step.statement.value is not None
    ]


def argument_of(scope: Scope, name: str) -> tuple[ast.expr, Scope] | None:
    """Return what the caller handed over under the name of an argument, with its scope."""
    listed = [a for a in arguments(scope.node) if a not in ("self", "cls")]
    if scope.call is None or name not in listed:
        return None
    call, caller = scope.call
    if not isinstance(call, ast.Call):
        return None
    for given in call.keywords:
        if given.arg == name:
            return given.value, caller
    index = listed.index(name)
    plain = not any(isinstance(given, ast.Starred) for given in call.args)
    return (call.args[index], caller) if plain and index < len(call.args) else None


def behind(expression: ast.expr, scope: Scope, limit: int = 200) -> list[Origin]:
    """Return all assignments and returns that an expression was computed from, nearest first."""
    found: list[Origin] = []
    seen: set[tuple[int, str]] = set()
    todo: list[tuple[ast.expr, Scope]] = [(expression, scope)]
    while todo and len(found) < limit:
        value, here = todo.pop(0)
        for name in sorted(names_in(value)):
            if (id(here.node), name) in seen:
                continue
            seen.add((id(here.node), name))
            # A later assignment hides the earlier ones, unless it uses the name itself.
            for origin in [*_effective(assignments(here, name), name), *appended(here, name)]:
                found.append(origin)
                todo.append((origin.value, origin.scope))
            if handed := argument_of(here, name):
                todo.append(handed)
        for call in (n for n in ast.walk(value) if isinstance(n, ast.Call)):
            for origin in returned(call, here):
                found.append(origin)
                todo.append((origin.value, origin.scope))
    return found


def _effective(made: list[Origin], name: str) -> Iterator[Origin]:
    for origin in made:
        yield origin
        keeps = isinstance(origin.statement, ast.AugAssign) or name in names_in(origin.value)
        if origin.now and not (keeps or origin.tested or "." in origin.target):
            return


def is_fed(value: ast.expr, scope: Scope) -> bool:
    """Tell whether something that requires grad goes into an expression."""
    return any(requires_grad(scope.value(name)) for name in names_in(value))
