"""Why a loss has no graph: where recording stopped, or that it never began."""

import ast
import re
from collections.abc import Iterator

import torch

from linreg_lib.hints._assignments import assignments, newest_first
from linreg_lib.hints._diagnosis import Found
from linreg_lib.hints._events import backward_call, differentiated
from linreg_lib.hints._flow import behind, called_scope, is_fed
from linreg_lib.hints._frames import Place
from linreg_lib.hints._search import Culprit, Search
from linreg_lib.hints._source import Scope, text
from linreg_lib.hints._syntax import called, dotted, inside, steps, stops_recording
from linreg_lib.hints._values import requires_grad
from linreg_lib.words import words

# What a graph is usually cut off for.
_CONSTANT = re.compile(r"target|label|truth|expected|baseline|teacher|^(y|t|y_true)$")


def why_no_graph(places: list[Place]) -> Found:
    """Say why a loss has no graph: the pitfall, the kind of cause and the facts."""
    place = places[0]
    loss = differentiated(backward_call(place))
    if loss is None:
        return None, "no-graph", {}
    search = Search()
    search.expression(loss, place.scope)
    facts: dict[str, object] = {"name": text(loss)}
    found = [culprit for culprit in search.culprits if not _usual(culprit)]
    if found and not requires_grad(place.value(loss)):
        kinds = {culprit.pitfall for culprit in found}
        # What is switched off or rebound decides; taking numbers out is often meant.
        for pitfall in ("rebind-under-no-grad", "no-grad-forward", "loss-without-derivative"):
            if pitfall in kinds:
                break
        else:
            pitfall = found[0].pitfall
        culprit = next(c for c in found if c.pitfall == pitfall)
        if culprit.origin is None:
            return pitfall, "here", facts | {"where": place.where}
        facts |= {"line": culprit.origin.shown, "target": culprit.origin.target}
        if culprit.kind == "detached":
            facts["name"] = culprit.origin.target
        return pitfall, culprit.kind, facts
    if not torch.is_grad_enabled() or _is_off(place):
        return "no-grad-forward", "off", facts
    if late := _asked_late(place, search):
        return "requires-grad-missing", "late", facts | late
    if switch := _switched_off(place):
        return "no-grad-forward", "switched", facts | {"line": switch}
    if under := _perhaps_off(loss, place):
        return "no-grad-forward", "perhaps", facts | under
    if search.alive:
        return None, "no-graph", facts
    return _nothing_asked(loss, search, facts)


def _usual(culprit: Culprit) -> bool:
    """Tell whether a graph is left where that is meant: labels and targets are constants."""
    origin = culprit.origin
    return (
        origin is not None
        and culprit.pitfall == "rebuilt-from-numbers"
        and bool(_CONSTANT.search(origin.target.lower()))
    )


def _is_off(place: Place) -> bool:
    return any(s.statement is place.statement and s.no_grad for s in steps(place.scope.node))


def _perhaps_off(loss: ast.expr, place: Place) -> dict | None:
    """Find what computed the loss under `set_grad_enabled(...)` of something that is not known."""
    for origin in behind(loss, place.scope):
        for node in ast.walk(origin.scope.node):
            if not isinstance(node, ast.With) or not inside(origin.statement, node):
                continue
            for item in node.items:
                switch = item.context_expr
                if called(switch) != "set_grad_enabled" or isinstance(switch.args[0], ast.Constant):
                    continue
                if is_fed(origin.value, origin.scope):
                    return {"line": origin.shown, "switch": text(switch)}
    return None


def _switched_off(place: Place) -> str | None:
    """Return the last `set_grad_enabled`, where it switched recording off."""
    switch = next(_switches(place.scope.module()), None)
    return switch[0].shown(switch[1]) if switch and stops_recording(switch[1].value) else None


def _switches(scope: Scope, depth: int = 3) -> Iterator[tuple[Scope, ast.Expr]]:
    """Yield the calls of `set_grad_enabled`, the last one first, those in functions included."""
    for step, _ in newest_first(scope):
        statement = step.statement
        if isinstance(statement, ast.Expr) and called(statement.value) == "set_grad_enabled":
            yield scope, statement
        elif depth and isinstance(statement, (ast.Expr, ast.Assign, ast.Return)):
            for call in (node for node in ast.walk(statement) if isinstance(node, ast.Call)):
                if inner := called_scope(call, scope.up_to(statement)):
                    yield from _switches(inner, depth - 1)


def _nothing_asked(loss: ast.expr, search: Search, facts: dict) -> Found:
    made_of = [name for name in search.sources if name != text(loss)]
    if not made_of or any(requires_grad(value) for value in search.sources.values()):
        return None, "no-graph", facts
    if frozen := _frozen(search):
        return "requires-grad-missing", "frozen", facts | {"module": frozen}
    made_of = [name for name in made_of if name not in search.computed] or made_of
    table = words("hints")["list"]
    listed = table["join"].join(table["name"].format(name=name) for name in made_of[:5])
    facts |= {"sources": listed}
    return (None if search.unseen else "requires-grad-missing"), "nothing", facts


def _frozen(search: Search) -> str | None:
    """Return the name of a network whose parameters are frozen, the outermost one."""
    frozen = {n: m for n, m in search.sources.items() if isinstance(m, torch.nn.Module)}
    parts = {id(part) for m in frozen.values() for part in torch.nn.Module.children(m)}
    return next((name for name, module in frozen.items() if id(module) not in parts), None)


def _asked_late(place: Place, search: Search) -> dict | None:
    """Find a `requires_grad_()` that came after the forward pass."""
    made = [
        origin.line
        for name in search.sources
        for origin in assignments(place.scope, name)[:1]
        if origin.scope.node is place.scope.node
    ]
    for step in steps(place.scope.node):
        statement = step.statement
        value = getattr(statement, "value", None)
        if isinstance(statement, ast.Expr) and called(value) == "requires_grad_":
            target = value.func.value
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Attribute):
            target = statement.targets[0]
            target = target.value if target.attr == "requires_grad" else None
        else:
            continue
        if target is not None and made and statement.lineno <= place.lineno:
            name = dotted(target)
            if requires_grad(place.scope.value(name)) and max(made) < statement.lineno:
                return {"where": place.scope.where(statement), "asked": name}
    return None


def why_number(place: Place) -> tuple[str | None, dict[str, object]]:
    """Say where a loss became a number; no kind where no tensor went into it."""
    node = place.node
    value = node.value if isinstance(node, ast.Attribute) else None
    loss = value if value is not None else differentiated(backward_call(place))
    if loss is None:
        return None, {}
    search = Search()
    search.expression(loss, place.scope)
    for culprit in search.culprits:
        if culprit.origin is None:
            return "here", {"code": text(loss), "where": place.where}
        return "number", {"name": text(loss), "line": culprit.origin.shown}
    return None, {}
