"""Where a value came from: the assignments behind a name, read from the syntax tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import torch

from linreg_lib.hints._source import MISSING, Scope, function_scope, where

_NO_GRAD = {"no_grad", "inference_mode"}
_LOOPS = (ast.For, ast.While, ast.AsyncFor)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass
class Origin:
    """One assignment (or return) that a value was made by."""

    target: str
    value: ast.expr
    statement: ast.AST
    no_grad: bool
    loops: tuple[ast.AST, ...]
    scope: Scope = field(repr=False)
    # Whether something that requires grad goes into the value.
    fed: bool = False

    @property
    def line(self) -> int:
        """The line of the assignment, below 1 in an earlier cell of a notebook."""
        return self.statement.lineno

    @property
    def where(self) -> str:
        """The line of the assignment in words."""
        return where(self.statement)


def walk_statements(
    body: list[ast.stmt], no_grad: bool = False, loops: tuple[ast.AST, ...] = ()
) -> Iterator[tuple[ast.stmt, bool, tuple[ast.AST, ...]]]:
    """Yield the statements of one scope with what surrounds them, nested functions left out."""
    for statement in body:
        yield statement, no_grad, loops
        if isinstance(statement, _FUNCTIONS):
            continue
        inner, around = no_grad, loops
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            inner = no_grad or any(_stops_recording(item.context_expr) for item in statement.items)
        if isinstance(statement, _LOOPS):
            around = (*loops, statement)
        for name in ("body", "orelse", "finalbody"):
            yield from walk_statements(getattr(statement, name, []), inner, around)
        for handler in getattr(statement, "handlers", []):
            yield from walk_statements(handler.body, inner, around)


def _stops_recording(node: ast.expr) -> bool:
    name = dotted(node.func if isinstance(node, ast.Call) else node).split(".")[-1]
    if name == "set_grad_enabled" and isinstance(node, ast.Call) and node.args:
        return isinstance(node.args[0], ast.Constant) and node.args[0].value is False
    return name in _NO_GRAD


def dotted(node: ast.AST | None) -> str:
    """Return `a`, `a.b` or `a[0]` as text, and the empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Name, ast.Constant)):
        head = dotted(node.value)
        return f"{head}[{ast.unparse(node.slice)}]" if head else ""
    return ""


def body_of(scope: ast.AST) -> list[ast.stmt]:
    """Return the statements of a scope; a lambda's expression counts as a return."""
    if isinstance(scope, ast.Lambda):
        statement = ast.Return(scope.body)
        ast.copy_location(statement, scope.body)
        return [statement]
    return list(getattr(scope, "body", []))


def starts_without_grad(scope: ast.AST) -> bool:
    """Tell whether a function is decorated with `@torch.no_grad()` or its like."""
    return any(_stops_recording(d) for d in getattr(scope, "decorator_list", []))


def assignments(scope: Scope, name: str) -> Iterator[Origin]:
    """Yield the assignments to a name (or `self.name`) in a scope, in the order of the source."""
    nodes = [scope.node]
    if name.startswith("self."):
        nodes = _methods_around(scope)
    statements = (
        entry
        for node in nodes
        for entry in walk_statements(body_of(node), starts_without_grad(node))
    )
    cell = MISSING
    for statement, no_grad, loops in statements:
        # The latest cell that assigns to the name decides; what came before is overwritten.
        if cell is not MISSING and getattr(statement, "cell", None) != cell:
            return
        if isinstance(statement, ast.Assign):
            pairs = [pair for t in statement.targets for pair in _pairs(t, statement.value)]
        elif isinstance(statement, (ast.AnnAssign, ast.AugAssign)) and statement.value:
            pairs = [(statement.target, statement.value)]
        elif isinstance(statement, (ast.For, ast.AsyncFor)):
            pairs = _pairs(statement.target, statement.iter)
        else:
            continue
        for target, value in pairs:
            if dotted(target) == name:
                cell = getattr(statement, "cell", None)
                yield Origin(name, value, statement, no_grad, loops, scope)


def _methods_around(scope: Scope) -> list[ast.AST]:
    for node in ast.walk(scope.tree):
        if isinstance(node, ast.ClassDef) and scope.node in node.body:
            return [item for item in node.body if isinstance(item, ast.FunctionDef)]
    return [scope.node]


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if not isinstance(target, (ast.Tuple, ast.List)):
        return [(target, value)]
    if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
        return [p for t, v in zip(target.elts, value.elts, strict=True) for p in _pairs(t, v)]
    return [p for t in target.elts for p in _pairs(t, value)]


def names_in(node: ast.AST) -> set[str]:
    """Return the plain and dotted names that an expression reads."""
    found = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    parts = (n for n in ast.walk(node) if isinstance(n, (ast.Attribute, ast.Subscript)))
    return found | {name for part in parts if (name := dotted(part))}


def appended(scope: Scope, name: str) -> Iterator[tuple[ast.Call, bool, tuple[ast.AST, ...]]]:
    """Yield the calls `name.append(...)` (or `extend`) of a scope."""
    for statement, no_grad, loops in walk_statements(body_of(scope.node)):
        if isinstance(statement, ast.Expr) and isinstance(call := statement.value, ast.Call):
            function = call.func
            if (
                isinstance(function, ast.Attribute)
                and function.attr in ("append", "extend")
                and dotted(function.value) == name
            ):
                yield call, no_grad, loops


def requires_grad(value: Any) -> bool:
    """Tell whether a value is, or holds, a tensor that requires grad."""
    if isinstance(value, torch.Tensor):
        return value.requires_grad
    if isinstance(value, torch.nn.Module):
        return any(p.requires_grad for p in value.parameters())
    if isinstance(value, (list, tuple)):
        return any(requires_grad(item) for item in value[:100])
    if isinstance(value, dict):
        return any(requires_grad(item) for item in list(value.values())[:100])
    return False


def origins(expression: ast.expr, scope: Scope, limit: int = 200) -> list[Origin]:
    """Return the assignments and returns that an expression was made by, nearest first."""
    found: list[Origin] = []
    seen: set[tuple[int, str]] = set()
    todo: list[tuple[ast.expr, Scope]] = [(expression, scope)]
    while todo and len(found) < limit:
        value, here = todo.pop(0)
        for name in sorted(names_in(value)):
            if (id(here.node), name) in seen:
                continue
            seen.add((id(here.node), name))
            scope = here if _is_local(here, name) else here.module()
            for origin in [*assignments(scope, name), *_items(scope, name)]:
                origin.fed = _fed(origin.value, scope)
                found.append(origin)
                todo.append((origin.value, scope))
        for call in (n for n in ast.walk(value) if isinstance(n, ast.Call)):
            for origin in _returned(call, here):
                found.append(origin)
                todo.append((origin.value, origin.scope))
    return found


def _is_local(scope: Scope, name: str) -> bool:
    """Tell whether a name is an argument of the scope, or assigned in it."""
    arguments = getattr(getattr(scope.node, "args", None), "args", [])
    head = name.split(".")[0].split("[")[0]
    return any(a.arg == head for a in arguments) or any(True for _ in assignments(scope, name))


def makers(name: str, scope: Scope, depth: int = 4) -> Iterator[Origin]:
    """Yield what a name was assigned, and what the called functions returned for it.

    Unlike `origins` this follows the tensor itself, not what it was computed from.
    """
    for origin in assignments(scope, name):
        yield origin
        if isinstance(origin.value, ast.Call) and depth:
            for returned in _returned(origin.value, scope):
                yield returned
                values = [returned.value]
                if isinstance(returned.value, (ast.Tuple, ast.List)):
                    values = _matching(origin.statement, name, returned.value.elts)
                for value in values:
                    if dotted(value):
                        yield from makers(dotted(value), returned.scope, depth - 1)


def _matching(statement: ast.AST, name: str, values: list[ast.expr]) -> list[ast.expr]:
    """Return the one of several returned values that the name is given, or all of them."""
    for target in getattr(statement, "targets", []):
        if isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == len(values):
            return [v for t, v in zip(target.elts, values, strict=True) if dotted(t) == name]
    return values


def _items(scope: Scope, name: str) -> Iterator[Origin]:
    for call, no_grad, loops in appended(scope, name):
        for argument in call.args:
            yield Origin(name, argument, call, no_grad, loops, scope)


def _fed(value: ast.expr, scope: Scope) -> bool:
    return any(requires_grad(scope.value(name)) for name in names_in(value))


def _returned(call: ast.Call, scope: Scope) -> Iterator[Origin]:
    """Yield the returns of a reader's function that is called."""
    name = dotted(call.func)
    found = function_scope(scope.value(name)) if name else None
    if found is None and isinstance(call.func, ast.Attribute):
        holder = scope.value(call.func.value)
        method = getattr(type(holder), call.func.attr, None)
        if not isinstance(holder, torch.Tensor) and holder is not MISSING and method is not None:
            found = function_scope(method.__get__(holder)) if hasattr(method, "__get__") else None
    if found is None:
        return
    inner, owner = found
    if isinstance(inner.node, _FUNCTIONS):
        arguments = [a.arg for a in inner.node.args.args]
        if owner is not None:
            arguments = arguments[1:]
        for argument, given in zip(arguments, call.args, strict=False):
            inner.names[argument] = scope.value(given)
    off = starts_without_grad(inner.node)
    for statement, no_grad, loops in walk_statements(body_of(inner.node), off):
        if isinstance(statement, ast.Return) and statement.value is not None:
            fed = _fed(statement.value, inner) or requires_grad(owner) or _fed(call, scope)
            yield Origin(
                f"{name or 'function'}()", statement.value, statement, no_grad, loops, inner, fed
            )
