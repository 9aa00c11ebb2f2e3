"""Which tensor was changed in place after the graph had saved it, and by which statement."""

import ast
import re
from collections.abc import Iterator

import torch
from torch import Tensor

from linreg_lib.hints._assignments import assignments, newest_first
from linreg_lib.hints._diagnosis import Found
from linreg_lib.hints._events import events
from linreg_lib.hints._flow import behind, called_scope
from linreg_lib.hints._frames import Place
from linreg_lib.hints._source import Scope
from linreg_lib.hints._syntax import called, dotted, keyword, names_in
from linreg_lib.hints._values import names_of, tensors_in

_STALE = re.compile(
    r"\[(?:[\w.]+) \[([\d, ]*)\]\](?:, which is output \d+ of (\w+),)? "
    r"is at version (\d+); expected version (\d+)"
)
_PARTS = {"AsStrided", "AsStridedBackward0", "SelectBackward0", "Select"}
_TRANSPOSED = {"T", "AsStrided", "Transpose", "Permute"}


def why_modified(message: str, places: list[Place]) -> Found:
    """Say which tensor was changed in place, and where: the pitfall, the kind and the facts."""
    usual = "saved-tensor-modified"
    retained = _retained(places)
    match = _STALE.search(message)
    if match is None:
        return usual, None, {}
    sizes, made_by, version, expected = match.groups()
    shape = tuple(int(size) for size in sizes.split(",") if size.strip())
    # A transposed view shares its base's version: the base is what has a name.
    transposed = (made_by or "").removesuffix("Backward0") in _TRANSPOSED
    shapes = [shape, shape[::-1]] if transposed else [shape]
    facts = {"version": version, "expected": expected}
    current = {
        id(tensor): tensor
        for place in places
        for value in list(place.scope.names.values())
        for tensor in _held(value)
        if tensor._version == int(version)
    }
    seen = {key: t for key, t in current.items() if tuple(t.shape) in shapes}
    if not seen and made_by in _PARTS:  # a row, `x[i]`: what it is a part of has the name
        seen = {key: t for key, t in current.items() if t.dim() > len(shape) == _fitting(t, shape)}
    written = []
    for tensor in seen.values():
        for place, name in _named(tensor, places):
            if change := next(_changes(place.scope, name, tensor), None):
                written.append((place, name, tensor, *change))
                break
    statements = {(id(scope.source), statement.lineno) for *_, scope, statement in written}
    if len(statements) == 1:
        _, name, tensor, scope, statement = written[0]
        names = {entry[1] for entry in written}
        facts |= {"name": name, "line": scope.shown(statement)}
        step = called(getattr(statement, "value", None)) == "step"
        if retained and tensor.is_leaf and tensor.requires_grad:
            return "retain-graph-then-modified", "retained", facts | {"retain": retained}
        if step:
            return usual, "step" if len(names) == 1 else "steps", facts
        return usual, "changed", facts
    if len(seen) == 1:
        names = [name for _, name in _named(next(iter(seen.values())), places)]
        if names:
            return usual, "versions", facts | {"name": names[0]}
    if not seen and (only := _only_change_inside(places, made_by)):
        return usual, "inside", facts | {"line": only}
    return usual, None, facts


def _fitting(whole: Tensor, part: tuple[int, ...]) -> int:
    """Return in how many of a part's sizes it agrees with the last sizes of the whole."""
    sizes = zip(reversed(whole.shape), reversed(part), strict=False)
    return sum(a == b for a, b in sizes)


def _held(value: object) -> list[Tensor]:
    found = list(tensors_in(value))
    if not found and not isinstance(value, type):
        from linreg_lib.hints._values import fields_of

        if type(value).__module__.split(".")[0] not in ("torch", "builtins", "numpy"):
            found = [t for item in fields_of(value).values() for t in tensors_in(item)]
    return found


def _named(tensor: Tensor, places: list[Place]) -> Iterator[tuple[Place, str]]:
    for place in places:
        for name in names_of(tensor, place.scope.names):
            yield place, name


def _retained(places: list[Place]) -> str | None:
    """Return the line of an earlier backward with `retain_graph=True`, in words."""
    for event in events(places):
        if event.kind == "backward" and keyword(event.node, "retain_graph") is True:
            return event.where
    return None


def _changes(scope: Scope, name: str, tensor: Tensor, depth: int = 3) -> Iterator:
    """Yield the statements that have changed a tensor in place, the last one first."""
    for step, _ in newest_first(scope):
        statement = step.statement
        if any(_hits(target, scope, name, tensor) for target in _written(statement, tensor, scope)):
            yield scope, statement
            continue
        call = getattr(statement, "value", None)
        if depth and isinstance(call, ast.Call):
            inner = called_scope(call, scope)
            if inner is not None:
                for called_so in names_of(tensor, inner.names):
                    yield from _changes(inner, called_so, tensor, depth - 1)


def _written(statement: ast.stmt, tensor: Tensor | None, scope: Scope) -> list[ast.expr]:
    """Return what a statement changes in place."""
    if isinstance(statement, ast.AugAssign):
        return [statement.target]
    items = [t for t in getattr(statement, "targets", []) if isinstance(t, ast.Subscript)]
    if items:
        return items
    if isinstance(statement, (ast.Assign, ast.Return)) and statement.value is not None:
        calls = [node for node in ast.walk(statement.value) if isinstance(node, ast.Call)]
        return [part for call in calls for part in _inplace_argument(call, scope)]
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return []
    call = statement.value
    method = called(call)
    if method == "step" and isinstance(call.func, ast.Attribute):
        return [call.func.value]
    if re.fullmatch(r"[a-z]\w*[a-z]_", method) and isinstance(call.func, ast.Attribute):
        return (
            [*call.args[:1], call.func.value] if "init" in dotted(call.func) else [call.func.value]
        )
    return _inplace_argument(call, scope)


def _inplace_argument(call: ast.Call, scope: Scope) -> list[ast.expr]:
    """Return what `relu(x, inplace=True)` changes, or a layer that was made so."""
    layer = scope.value(call.func)
    works_in_place = isinstance(layer, torch.nn.Module) and getattr(layer, "inplace", False) is True
    return call.args[:1] if works_in_place or keyword(call, "inplace") is True else []


def _hits(target: ast.expr, scope: Scope, name: str, tensor: Tensor) -> bool:
    """Tell whether what is changed is the tensor, a part of it, or what an optimizer holds."""
    value = scope.value(target)
    if isinstance(value, torch.optim.Optimizer):
        return any(held is tensor for held in tensors_in(value))
    base = target
    while isinstance(base, ast.Subscript):
        if dotted(base) == name:
            return True
        base = base.value
    if isinstance(base, ast.Attribute) and base.attr == "data":
        return False  # hidden from the version counter
    changed = dotted(base)
    if changed == name or scope.value(base) is tensor:
        return True
    return _runs_over(scope, changed, name, tensor)


def _runs_over(scope: Scope, variable: str, name: str, tensor: Tensor) -> bool:
    """Tell whether a `for` variable runs over something that holds the tensor."""
    for origin in assignments(scope, variable) if variable else []:
        if isinstance(origin.statement, ast.For):
            held = [scope.value(n) for n in names_in(origin.value)]
            if any(item is tensor for value in held for item in tensors_in(value)):
                return True
            if name in names_in(origin.value):
                return True
    return False


def _only_change_inside(places: list[Place], made_by: str | None) -> str | None:
    """Return the one in-place change in the functions that computed the loss, if there is one."""
    from linreg_lib.hints._events import backward_call, differentiated

    loss = differentiated(backward_call(places[0]))
    if loss is None:
        return None
    found = {}
    for origin in behind(loss, places[0].scope):
        if origin.scope.node is places[0].scope.node:
            continue
        for step, _ in newest_first(origin.scope):
            for target in _written(step.statement, None, origin.scope):
                if _made_so(target, origin.scope, made_by):
                    found[id(step.statement)] = origin.scope.shown(step.statement)
    return next(iter(found.values())) if len(found) == 1 else None


def _made_so(target: ast.expr, scope: Scope, made_by: str | None) -> bool:
    """Tell whether a name was given the output of the operation that the message names."""
    operation = re.sub(r"Backward\d*$", "", made_by or "").lower()
    while isinstance(target, ast.Subscript):
        target = target.value
    made = assignments(scope, dotted(target))
    return bool(operation) and any(called(o.value).lower() == operation for o in made)
