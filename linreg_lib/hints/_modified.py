"""Which tensor was changed in place after the graph had saved it, and by which statement."""

import ast
import re

import torch
from torch import Tensor

from linreg_lib.hints._flow import assignments, body_of, dotted, names_in, walk_statements
from linreg_lib.hints._gradients import names_of
from linreg_lib.hints._source import Place, text, where

_STALE = re.compile(
    r"\[([\w.]+) \[([\d, ]*)\]\](?:, which is output \d+ of (\w+),)? "
    r"is at version (\d+); expected version (\d+)"
)


def why_modified(message: str, places: list[Place]) -> str | None:
    """Say which tensor was changed in place, and where, or None where that is not certain."""
    match = _STALE.search(message)
    if match is None:
        return None
    _, sizes, made_by, version, expected = match.groups()
    shape = tuple(int(size) for size in sizes.split(",") if size.strip())
    # A transposed view shares its base's version: the base is what has a name.
    shapes = [shape, shape[::-1]] if made_by in ("TBackward0", "AsStridedBackward0") else [shape]
    seen: dict[int, tuple[Place, list[str], Tensor]] = {}
    for place in places:
        for tensor in _tensors(place):
            if tuple(tensor.shape) in shapes and tensor._version == int(version):
                names = list(names_of(tensor, place))
                if names:
                    seen.setdefault(id(tensor), (place, names, tensor))
    known = []
    for place, names, tensor in seen.values():
        for name in names:
            statement = _changed_at(place, name, tensor)
            if statement is not None:
                known.append((name, statement))
                break
    if len(known) == 1:
        name, statement = known[0]
        return (
            f"`{name}` was changed in place by `{text(statement)}` ({where(statement)}): it "
            f"is at version {version}, and the graph needs version {expected}."
        )
    if len(seen) == 1:
        _, names, _ = next(iter(seen.values()))
        return f"`{names[0]}` is at version {version}, and the graph needs version {expected}."
    return None


def _tensors(place: Place) -> list[Tensor]:
    found: dict[int, Tensor] = {}
    for value in list(place.scope.names.values()):
        if isinstance(value, torch.nn.Module):
            items = list(value.parameters())
        elif type(value) in (list, tuple):
            items = list(value[:100])
        elif type(value) is dict:
            items = list(value.values())
        else:
            items = (
                [value, *getattr(value, "__dict__", {}).values()]
                if (place.scope.names.get("self") is value)
                else [value]
            )
        found.update({id(item): item for item in items if isinstance(item, Tensor)})
    return list(found.values())


def _changed_at(place: Place, name: str, tensor: Tensor) -> ast.stmt | None:
    """Find the statement that changes a name in place; None where there is none, or several."""
    name = name.replace("[]", "")
    found = []
    for statement, _, _ in walk_statements(body_of(place.scope.node)):
        targets: list[ast.expr] = []
        if isinstance(statement, ast.AugAssign):
            targets = [statement.target]
        elif isinstance(statement, ast.Assign):
            targets = [t for t in statement.targets if isinstance(t, ast.Subscript)]
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            function = statement.value.func
            if isinstance(function, ast.Attribute) and re.fullmatch(
                r"[a-z]\w*[a-z]_", function.attr
            ):
                targets = [function.value]
            elif any(k.arg == "inplace" for k in statement.value.keywords):
                targets = statement.value.args[:1]
            elif isinstance(function, ast.Attribute) and function.attr == "step":
                if tensor.is_leaf and tensor.requires_grad:
                    found.append(statement)
                continue
        for target in targets:
            base = target.value if isinstance(target, ast.Subscript) else target
            changed = dotted(target) or dotted(base)
            if name in (changed, dotted(base)) or _runs_over(place, changed, name, tensor):
                found.append(statement)
    return found[0] if len(found) == 1 else None


def _runs_over(place: Place, variable: str, name: str, tensor: Tensor) -> bool:
    """Tell whether a `for` variable runs over a list that holds the tensor."""
    for origin in assignments(place.scope, variable):
        if isinstance(origin.statement, ast.For):
            holder = place.value(origin.value)
            if type(holder) in (list, tuple) and any(item is tensor for item in holder):
                return True
            if name in names_in(origin.value):
                return True
    return False
