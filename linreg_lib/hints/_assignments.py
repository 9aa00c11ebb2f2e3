"""The assignments behind a name, the last one before the error first."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import FunctionType, MethodType

from linreg_lib.hints._source import Scope, function_scope, text
from linreg_lib.hints._syntax import (
    Step,
    arguments,
    called,
    dotted,
    functions_in,
    pairs,
    steps,
)
from linreg_lib.hints._values import MISSING

_INFINITY = float("inf")


@dataclass
class Origin:
    """One assignment (or return) that a value was made by.

    Attributes:
        target: the name; value: the expression that it was given.
        part: whether the name was given a part of the value alone (`a, b = f()`).
        scope: the scope as it was at the statement.
        now: whether the statement has run since the current round of its loop began.
        tested: whether it stands under a condition, so that it may not have run.
    """

    target: str
    value: ast.expr
    statement: ast.AST
    no_grad: bool
    loops: tuple[ast.AST, ...]
    scope: Scope = field(repr=False)
    part: bool = False
    now: bool = True
    tested: bool = False

    @property
    def line(self) -> int:
        """The line of the assignment on its source's time line."""
        return self.statement.lineno

    @property
    def where(self) -> str:
        """The line of the assignment in words."""
        return self.scope.where(self.statement)

    @property
    def shown(self) -> str:
        """The statement and its line in words."""
        return self.scope.shown(self.statement)


def newest_first(scope: Scope, again: bool = False) -> list[tuple[Step, bool]]:
    """Return the statements of a scope that have run, the last one first.

    The flag is false for one that stands after the line the scope has come to: in the round
    before, if there was one; with `again`, also in an earlier call of the function.
    """
    scope.sources.check_time()
    at, found = scope.at, []
    every = steps(scope.node)
    around = [
        loop
        for step in every
        if step.statement.lineno <= at <= (step.statement.end_lineno or 0)
        for loop in step.loops
    ]
    for step in every:
        statement = step.statement
        header = statement.lineno < at and hasattr(statement, "body")
        shared = [loop for loop in step.loops if loop in around]
        if header or _end(statement) <= (at, scope.column):
            found.append(((statement.lineno, 2, statement.col_offset), step, True))
        elif shared:  # just before the round of that loop that is running
            found.append(((shared[-1].lineno, 1, statement.lineno), step, False))
        elif again:
            found.append(((0, 0, statement.lineno), step, False))
    found.sort(key=lambda entry: entry[0], reverse=True)
    return [(step, now) for _, step, now in found]


def _end(statement: ast.stmt) -> tuple[int, int]:
    return statement.end_lineno or statement.lineno, statement.end_col_offset or 0


def holder_of(scope: Scope, name: str) -> Scope:
    """Return the scope that a name belongs to: this one, one around it, or the module."""
    head = name.split(".")[0].split("[")[0]
    for around in scope.enclosing():
        if head in arguments(around.node) or (
            not _declared_outside(around.node, head) and head in _bound(around.node)
        ):
            return around
    return scope.module()


def _declared_outside(node: ast.AST, name: str) -> bool:
    return any(
        isinstance(step.statement, (ast.Global, ast.Nonlocal)) and name in step.statement.names
        for step in steps(node)
    )


def _bound(node: ast.AST) -> set[str]:
    if hasattr(node, "kept_names"):
        return node.kept_names
    found = node.kept_names = set()
    for step in steps(node):
        statement = step.statement
        targets = [*getattr(statement, "targets", []), getattr(statement, "target", None)]
        targets += [item.optional_vars for item in getattr(statement, "items", [])]
        for target in targets:
            if isinstance(target, ast.AST):
                found |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            found.add(statement.name)
    return found


def assignments(scope: Scope, name: str) -> list[Origin]:
    """Return the assignments to a name, or to an item or attribute, the last one first."""
    found: dict[int, Origin] = {}
    for holder, called_so, again in _holders(scope, name):
        for origin in _assignments(holder, called_so, again):
            found.setdefault(id(origin.statement), origin)
    # Which of several functions was called last is not known.
    several = len({id(origin.scope.node) for origin in found.values()}) > 1
    return [replace(origin, tested=True) if several else origin for origin in found.values()]


def _holders(scope: Scope, name: str) -> Iterator[tuple[Scope, str, bool]]:
    """Yield where a name may be assigned, what it is called there, and whether calls repeat."""
    holder = holder_of(scope, name)
    yield holder, name, False
    if "." in name:
        for method, called_so in _methods(scope, name):
            yield method, called_so, True
    for node in functions_in(holder.node):
        if _declared_outside(node, name):
            yield holder.around(node), name, True


def _methods(scope: Scope, name: str) -> list[tuple[Scope, str]]:
    """Return the methods of the reader's object whose attribute a name is, `__init__` last."""
    found = []
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        owner = scope.value(".".join(parts[:length]))
        if owner is MISSING or isinstance(owner, (type, type(ast))):
            continue
        for kind in type(owner).__mro__:
            for function in list(vars(kind).values()):
                if not isinstance(function, FunctionType):
                    continue
                function = inspect.unwrap(function)  # such as a method under `@torch.no_grad()`
                if not isinstance(function, FunctionType) or not function.__code__.co_argcount:
                    continue
                if method := function_scope(MethodType(function, owner), scope):
                    node = method[0].node
                    inner = method[0].source.reached.get(id(node), method[0])
                    first = function.__code__.co_varnames[0]
                    found.append((inner, ".".join([first, *parts[length:]])))
    running = [entry for entry in found if entry[0].at < _INFINITY]
    others = [entry for entry in found if entry[0].at == _INFINITY]
    others.sort(key=lambda entry: getattr(entry[0].node, "name", "") == "__init__")
    return running + others


def _assignments(scope: Scope, name: str, again: bool) -> Iterator[Origin]:
    for step, now in newest_first(scope, again):
        for target, value, part in _given(step.statement):
            if _same(target, name):
                yield Origin(
                    dotted(target) or text(target),
                    value,
                    step.statement,
                    step.no_grad,
                    step.loops,
                    scope.up_to(step.statement),
                    part,
                    now,
                    step.tested,
                )


def _given(statement: ast.stmt) -> list[tuple[ast.expr, ast.expr, bool]]:
    if isinstance(statement, ast.Assign):
        return [pair for t in statement.targets for pair in pairs(t, statement.value)]
    if isinstance(statement, (ast.AnnAssign, ast.AugAssign)) and statement.value:
        return [(statement.target, statement.value, False)]
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        return [(t, v, True) for t, v, _ in pairs(statement.target, statement.iter)]
    return []


def _same(target: ast.expr, name: str) -> bool:
    """Tell whether a target is a name, or an item of it whose index is not known."""
    if dotted(target) == name:
        return True
    if not isinstance(target, ast.Subscript) or not name.endswith("]"):
        return False
    return dotted(target.value) == name.rpartition("[")[0] and not isinstance(
        target.slice, ast.Constant
    )


def appended(scope: Scope, name: str) -> Iterator[Origin]:
    """Yield what `name.append(...)` (or `extend`) was given, the last one first."""
    for holder, called_so, again in _holders(scope, name):
        for step, now in newest_first(holder, again):
            call = getattr(step.statement, "value", None)
            if not isinstance(step.statement, ast.Expr):
                continue
            if called(call) not in ("append", "extend") or not isinstance(call.func, ast.Attribute):
                continue
            if dotted(call.func.value) == called_so and call.args:
                here = holder.up_to(step.statement)
                value, loops = call.args[0], step.loops
                yield Origin(called_so, value, step.statement, step.no_grad, loops, here, now=now)
