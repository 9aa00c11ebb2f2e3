"""What the reader's program did to the gradients before the error, the last thing first."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from torch import Tensor

from linreg_lib.hints._assignments import Origin, assignments, newest_first
from linreg_lib.hints._flow import argument_of, called_scope
from linreg_lib.hints._frames import Place
from linreg_lib.hints._source import Scope
from linreg_lib.hints._syntax import called, dotted, names_in, steps
from linreg_lib.hints._values import MISSING, tensors_in

_CLEARS = "zero_grad"
_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return)


@dataclass
class Event:
    """A call of `backward`, or a line that clears gradients.

    Attributes:
        kind: "backward", "autograd.grad" or "cleared".
        node: the call, or the assignment of None.
        scope: the scope as it was there.
        now: false where it stands after the failing line: in the round before, if there was one.
        tested: whether it stands under a condition.
        through: the statement of the failing scope that led to it.
    """

    kind: str
    node: ast.AST
    scope: Scope = field(repr=False)
    now: bool
    tested: bool
    through: ast.stmt

    @property
    def where(self) -> str:
        """The line in words."""
        return self.scope.where(self.node)


def events(places: list[Place]) -> Iterator[Event]:
    """Yield the events before the error, the last one first."""
    seen = set()
    for place in places:
        if id(place.scope.node) not in seen:
            seen.add(id(place.scope.node))
            yield from events_in(place.scope)


def events_in(scope: Scope, depth: int = 3) -> Iterator[Event]:
    """Yield the events of one scope and of the functions that it called."""
    for step, now in newest_first(scope):
        if not isinstance(step.statement, _SIMPLE):
            continue
        here = scope.up_to(step.statement)
        if _sets_none(step.statement):
            yield Event("cleared", step.statement, here, now, step.tested, step.statement)
        for call in _calls(step.statement):
            kind = _kind(call)
            if kind:
                yield Event(kind, call, here, now, step.tested, step.statement)
            elif depth:
                for event in _inside(call, here, depth):
                    event.now, event.through = event.now and now, step.statement
                    event.tested = event.tested or step.tested
                    yield event


def _calls(statement: ast.stmt) -> list[ast.Call]:
    found = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return sorted(found, key=lambda node: (node.end_lineno, node.end_col_offset), reverse=True)


def _inside(call: ast.Call, scope: Scope, depth: int) -> Iterator[Event]:
    inner = called_scope(call, scope)
    if inner is not None:
        yield from events_in(inner, depth - 1)


def _kind(call: ast.Call) -> str:
    name = called(call)
    if name == _CLEARS:
        return "cleared"
    if name == "backward":
        return "backward"
    return "autograd.grad" if dotted(call.func) in ("torch.autograd.grad", "autograd.grad") else ""


def _sets_none(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Constant)
        and statement.value.value is None
        and any(isinstance(t, ast.Attribute) and t.attr == "grad" for t in statement.targets)
    )


def clears(event: Event, tensor: Tensor) -> bool:
    """Tell whether an event cleared a tensor's gradient; yes where its object is not known."""
    if isinstance(event.node, ast.Assign):
        owners = [t.value for t in event.node.targets if isinstance(t, ast.Attribute)]
    else:
        owners = [event.node.func.value] if isinstance(event.node.func, ast.Attribute) else []
    known = []
    for owner in owners:
        value = event.scope.value(owner)
        loops = [o for o in assignments(event.scope, dotted(owner)) if _is_loop(o)]
        if loops:
            value = [event.scope.value(name) for name in names_in(loops[0].value)]
        elif argument_of(event.scope, dotted(owner)) is None and value is MISSING:
            continue
        known += [t is tensor for t in tensors_in(value)]
    return any(known) or not known


def _is_loop(origin: Origin) -> bool:
    return isinstance(origin.statement, (ast.For, ast.AsyncFor))


def differentiated(call: ast.AST | None) -> ast.expr | None:
    """Return the expression that `backward` or `torch.autograd.grad` was called on."""
    if not isinstance(call, ast.Call):
        return None
    function = call.func
    if isinstance(function, ast.Attribute) and dotted(function).endswith("autograd.backward"):
        return call.args[0] if call.args else None
    if called(call) == "backward" and isinstance(function, ast.Attribute):
        return function.value
    if called(call) == "grad":
        return call.args[0] if call.args else None
    return None


def backward_call(place: Place) -> ast.Call | None:
    """Return the call of `backward` (or `grad`) that failed at a place."""
    if isinstance(place.node, ast.Call) and differentiated(place.node) is not None:
        return place.node
    statement = place.statement
    if statement is None:
        return None
    calls = [c for c in _calls(statement) if called(c) in ("backward", "grad")]
    return calls[0] if len(calls) == 1 else None


def loops_around(place: Place) -> list[ast.AST]:
    """Return the loops around a place, the outermost first."""
    for step in steps(place.scope.node):
        if step.statement is place.statement:
            return list(step.loops)
    return []
