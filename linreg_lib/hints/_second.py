"""Why a graph is walked a second time: what still belongs to the last step's graph."""

import ast
from collections.abc import Iterator

from torch import Tensor

from linreg_lib.hints._backward import inside, loops_around, traced
from linreg_lib.hints._flow import (
    Origin,
    appended,
    assignments,
    body_of,
    dotted,
    names_in,
    origins,
    walk_statements,
)
from linreg_lib.hints._gradients import is_rebinding
from linreg_lib.hints._source import Place, text, where

_JOINS = {"torch.cat", "torch.stack", "torch.add"}


def why_second(places: list[Place]) -> tuple[str, str | None]:
    """Say why a graph was walked a second time: the pitfall's name and the cause."""
    loss, places = traced(places)
    place = places[0]
    if loss is None:
        return "second-backward", None
    loops = loops_around(place)
    found = origins(loss, place.scope)
    names = names_in(loss).union(*(names_in(origin.value) for origin in found))
    for name in sorted(names):
        for node in _kept(place, name, loops):
            return "losses-carried-over", (
                f"`{text(node)}` ({where(node)}) keeps the graphs of the earlier steps in "
                f"`{name}`, and this `backward` walks them again."
            )
    for origin, cause in _culprits(place, found, loops):
        return "rebind-update" if is_rebinding(origin) else "second-backward", cause
    return "second-backward", _walked_before(place, loss, found)


def _kept(place: Place, name: str, loops: list[ast.AST]) -> Iterator[ast.AST]:
    """Yield the statements that add to a name from step to step, where it holds graphs."""
    if not _holds_graphs(place.scope.value(name)):
        return
    own = list(assignments(place.scope, name))
    adding = [origin for origin in own if _accumulates(origin)]
    statements = [origin.statement for origin in adding]
    statements += [call for call, _, inner in appended(place.scope, name) if inner]
    # What is made anew in the same loop holds this step's graphs alone. What an object keeps
    # lives from call to call, loop or not.
    fresh = loops and any(inside(o.statement, loops[-1]) for o in own if o not in adding)
    if not fresh and (loops or name.startswith("self.")):
        yield from statements


def _accumulates(origin: Origin) -> bool:
    if isinstance(origin.statement, ast.AugAssign):
        return isinstance(origin.statement.op, ast.Add)
    value = origin.value
    joins = (isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add)) or (
        isinstance(value, ast.Call) and dotted(value.func) in _JOINS
    )
    return joins and origin.target in names_in(value)


def _holds_graphs(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, Tensor) and item.grad_fn is not None for item in items)


def _culprits(
    place: Place, found: list[Origin], loops: list[ast.AST]
) -> Iterator[tuple[Origin, str]]:
    """Yield what was computed outside the loop, or carries its graph from step to step."""
    if not loops:
        return
    within = [origin for origin in found if inside(origin.statement, loops[-1])]
    renewed = {origin.target for origin in within}
    computed = [o for o in found if o.target.isidentifier() and _computed(place, o.target)]
    for origin in computed:
        if origin not in within and origin.target not in renewed:
            yield (
                origin,
                f"`{origin.target}` is computed once, at {origin.where}, outside the loop "
                "that calls `backward` again and again.",
            )
    outside = {origin.target for origin in found if origin not in within}
    for origin in computed:
        if origin in within and origin.target in outside:
            yield (
                origin,
                f"`{origin.target}` ({origin.where}) carries the last step's graph into "
                "this one; detach it between the steps.",
            )


def _computed(place: Place, name: str) -> bool:
    value = place.scope.value(name)
    return isinstance(value, Tensor) and value.grad_fn is not None


def _walked_before(place: Place, loss: ast.expr, found: list[Origin]) -> str | None:
    """Find an earlier `backward` of the same scope on this loss, or on a part of its graph."""
    for statement, _, _ in walk_statements(body_of(place.scope.node)):
        call = getattr(statement, "value", None)
        if not (isinstance(statement, ast.Expr) and isinstance(call, ast.Call)):
            continue
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr != "backward":
            continue
        line = statement.lineno
        if line >= place.lineno:
            continue
        if dotted(loss) and dotted(function.value) == dotted(loss):
            return f"{where(statement)} has called `backward` on `{text(loss)}` already."
        mine = {origin.target for origin in found if _computed(place, origin.target)}
        for origin in origins(function.value, place.scope):
            lines = [o.line for o in assignments(place.scope, origin.target)]
            if origin.target in mine and max(lines, default=line) < line:
                return (
                    f"`{origin.target}` ({origin.where}) is a part of the graph that the "
                    f"`backward` of {where(statement)} has walked already."
                )
    return None
