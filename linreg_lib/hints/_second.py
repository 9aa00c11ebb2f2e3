"""Why a graph is walked a second time: what still belongs to a graph that was walked before."""

import ast
from collections.abc import Iterator
from types import FunctionType

import torch
from torch import Tensor

from linreg_lib.hints._assignments import Origin, assignments
from linreg_lib.hints._diagnosis import Found
from linreg_lib.hints._events import Event, backward_call, differentiated, events, loops_around
from linreg_lib.hints._flow import argument_of, behind
from linreg_lib.hints._frames import Place
from linreg_lib.hints._graph import was_walked
from linreg_lib.hints._source import Scope, text
from linreg_lib.hints._syntax import called, dotted, inside, names_in
from linreg_lib.hints._updates import is_update
from linreg_lib.hints._values import MISSING, tensors_in

_JOINS = {"cat", "stack", "add"}
_SUMS = {*_JOINS, "sum", "mean"}


def why_second(places: list[Place]) -> Found:
    """Say why a graph was walked a second time: the pitfall, the kind of cause and the facts."""
    loss = differentiated(backward_call(places[0]))
    if loss is None:
        return None, "second", {}
    scope = places[0].scope
    while dotted(loss) and (handed := argument_of(scope, dotted(loss))):
        if assignments(scope, dotted(loss)):
            break
        loss, scope = handed
    walk = _Walk(places, loss, scope)
    found = walk.carried() or walk.computed_once() or walk.walked_before() or walk.outside()
    return found or (None, "second", {})


class _Walk:
    """One failed backward: the loss, what it was computed from, and the loops around it."""

    def __init__(self, places: list[Place], loss: ast.expr, scope: Scope) -> None:
        self.places, self.loss, self.scope = places, loss, scope
        self.origins = behind(loss, scope)
        self.summed = set(_summed(loss, scope))
        self.loops = {
            id(place.scope.node): loops[-1] for place in places if (loops := loops_around(place))
        }

    def _stale(self, origin: Origin) -> list[Tensor]:
        """Return the tensors of an assigned name whose graphs were walked before."""
        value = origin.scope.value(origin.target)
        if value is MISSING and origin.target.endswith("]"):
            value = origin.scope.value(origin.target.rpartition("[")[0])
        graphs = (t for t in tensors_in(value) if t.grad_fn is not None)
        return [tensor for tensor in graphs if was_walked(tensor)]

    def carried(self) -> Found | None:
        """Find what is computed from its own value of the round before."""
        for origin in self.origins:
            if not self._repeats(origin) or self._renewed(origin):
                continue
            stale = self._stale(origin)
            if not stale or not _uses_itself(origin):
                continue
            facts = {"line": origin.shown, "name": origin.target}
            if is_update(origin):
                return "rebind-update", "carried", facts
            numbers = all(tensor.numel() == 1 for tensor in stale)
            if isinstance(origin.statement, ast.Expr) and numbers and self._read_whole(origin):
                return "losses-carried-over", "list", facts
            if origin.target in self.summed and _adds_up(origin, stale):
                return "losses-carried-over", "kept", facts
            return "carried-state", "carried", facts
        return None

    def _read_whole(self, filled: Origin) -> bool:
        """Tell whether all items of a list go into the loss, not one that is picked: `hs[-1]`."""
        whole = False
        for value in [self.loss, *(o.value for o in self.origins if o.statement is not filled)]:
            nodes = list(ast.walk(value))
            picked = {
                id(node.value)
                for node in nodes
                if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice)
            }
            whole = whole or any(
                dotted(node) == filled.target and id(node) not in picked
                for node in nodes
                if isinstance(node, (ast.Name, ast.Attribute))
            )
        return whole

    def _repeats(self, origin: Origin) -> bool:
        """Tell whether an assignment runs again in each round: in the loop, or an object's own."""
        loop = self.loops.get(id(origin.scope.node))
        if loop is not None and inside(origin.statement, loop):
            return True
        return "." in origin.target or (
            bool(self.loops) and id(origin.scope.node) not in self.loops
        )

    def _renewed(self, origin: Origin) -> bool:
        """Tell whether the same round gives the name a value of its own first."""
        if "." in origin.target:
            return False
        return any(
            other.target == origin.target and self._repeats(other) and not _uses_itself(other)
            for other in assignments(origin.scope, origin.target)
            if other.scope.node is origin.scope.node
        )

    def computed_once(self) -> Found | None:
        """Find what was computed outside the loop that calls backward again and again."""
        for origin in self.origins:
            loop = self.loops.get(id(origin.scope.node))
            if loop is None or inside(origin.statement, loop) or not self._stale(origin):
                continue
            if self._made_in_loop(origin, loop):
                continue
            facts = {"name": origin.target, "where": origin.where, "line": origin.shown}
            if self._is_loss(origin, loop):
                return "second-backward", "once", facts
            if self._picked(origin.target) and self._alone(origin, loop):
                return "second-backward", "elements", facts
            losses = self._iterated()
            if losses is None:
                return "carried-state", "once", facts
            if dotted(losses) == origin.target and isinstance(origin.scope.value(losses), Tensor):
                return "second-backward", "elements", facts
            if origin.target not in names_in(losses):
                facts |= {"line": origin.where, "where": self.places[0].where}
                return "second-backward", "shared", facts
        return None

    def _is_loss(self, once: Origin, loop: ast.AST) -> bool:
        """Tell whether a name is the loss, perhaps times a number: nothing else goes into it."""
        if once.target == dotted(self.loss):
            return True
        if any(tensor.numel() != 1 for tensor in self._stale(once)):
            return False
        return self._alone(once, loop)

    def _alone(self, once: Origin, loop: ast.AST) -> bool:
        """Tell whether of all that goes into the loss only one tensor was not made in the loop."""
        made = [o for o in self.origins if inside(o.statement, loop)]
        known = {once.target, *(origin.target for origin in made)}
        read = {name for value in [self.loss, *(o.value for o in made)] for name in names_in(value)}
        read = {name for name in read if name.split(".")[0] not in known}
        return not any(
            isinstance(self.scope.value(name), (Tensor, torch.nn.Module, FunctionType))
            for name in read
        )

    def _picked(self, name: str) -> bool:
        """Tell whether the loss is made of an element or a column of a tensor: `y[i].sum()`."""
        return any(
            isinstance(node, ast.Subscript) and dotted(node.value) == name
            for value in [self.loss, *(o.value for o in self.origins)]
            for node in ast.walk(value)
        )

    def _made_in_loop(self, origin: Origin, loop: ast.AST) -> bool:
        return any(
            inside(other.statement, loop)
            for other in assignments(origin.scope, origin.target)
            if other.scope.node is origin.scope.node
        )

    def _iterated(self) -> ast.expr | None:
        """Return what a `for` runs over whose variable is the loss, if it is one."""
        for made in assignments(self.scope, dotted(self.loss)):
            if isinstance(made.statement, (ast.For, ast.AsyncFor)):
                return made.value
        return None

    def walked_before(self) -> Found | None:
        """Find an earlier backward on this loss, or on something with a part of its graph."""
        for event in events(self.places):
            if event.kind == "cleared" or not event.now:
                continue
            theirs = differentiated(event.node)
            if theirs is None:
                continue
            facts = {"name": text(self.loss), "where": event.where}
            if dotted(theirs) and dotted(theirs) == dotted(self.loss) and self._same(event, theirs):
                if self._cell_again(event):
                    return "cell-run-twice", "again", facts
                return "second-backward", "again", facts
            if self._returned_by(event):
                return "second-backward", "again", facts
            for mine in self._shared(behind(theirs, event.scope)):
                facts |= {"name": mine.target, "line": mine.where}
                return "second-backward", "shared", facts
        return None

    def outside(self) -> Found | None:
        """Find a loss that a function walks at each call, and that was computed outside it."""
        inner = self.places[0].scope
        name = dotted(self.loss)
        if inner is not self.scope or inner.node is inner.module().node or not name:
            return None
        for origin in assignments(inner, name)[:1]:
            if origin.scope.node is not inner.node and self._stale(origin):
                return "second-backward", "outside", {"name": name, "line": origin.shown}
        return None

    def _same(self, event: Event, theirs: ast.expr) -> bool:
        if event.scope.value(theirs) is not self.scope.value(self.loss):
            return False
        then = assignments(event.scope, dotted(theirs))[:1]
        now = assignments(self.scope, dotted(self.loss))[:1]
        return not then or not now or then[0].statement is now[0].statement

    def _returned_by(self, event: Event) -> bool:
        """Tell whether the loss came from the call in which the earlier backward ran."""
        if event.through is event.node or event.scope.node is self.scope.node:
            return False
        return any(
            origin.statement is event.through and origin.target == dotted(self.loss)
            for origin in self.origins
        )

    def _cell_again(self, event: Event) -> bool:
        """Tell whether the same cell of a notebook ran before."""
        source = self.places[0].scope.source
        if source.cell is None or event.scope.source is not source:
            return False
        then, now = source.cell_of(event.through), source.cell_of(self.places[0].statement)
        apart = then[:1] != now[:1]
        return apart and [ast.dump(s) for s in then] == [ast.dump(s) for s in now]

    def _shared(self, theirs: list[Origin]) -> Iterator[Origin]:
        lines = {(o.target, o.line) for o in theirs}
        for origin in self.origins:
            known = (origin.target, origin.line) in lines and self._stale(origin)
            if known and not isinstance(origin.statement, ast.AugAssign):
                yield origin


def _uses_itself(origin: Origin) -> bool:
    if isinstance(origin.statement, ast.AugAssign):
        return True
    if isinstance(origin.statement, ast.Expr):  # `losses.append(loss)`
        return True
    if isinstance(origin.statement, (ast.For, ast.AsyncFor)):
        return False
    if origin.target in names_in(origin.value):
        return True
    return any(
        o.target == origin.target and o.scope.node is origin.scope.node
        for o in behind(origin.value, origin.scope, 40)
    )


def _summed(loss: ast.expr, scope: Scope, depth: int = 4) -> Iterator[str]:
    """Yield the names whose sum or mean a loss is."""
    if name := dotted(loss):
        yield name
        for made in assignments(scope, name) if depth else []:
            yield from _summed(made.value, made.scope, depth - 1)
    elif isinstance(loss, ast.BinOp) and isinstance(loss.op, (ast.Add, ast.Div, ast.Mult)):
        yield from _summed(loss.left, scope, depth)
        if not isinstance(loss.op, ast.Div):
            yield from _summed(loss.right, scope, depth)
    elif isinstance(loss, ast.UnaryOp):
        yield from _summed(loss.operand, scope, depth)
    elif called(loss) in _SUMS:
        owner = loss.func.value if isinstance(loss.func, ast.Attribute) else None
        for part in (*loss.args, *([owner] if owner is not None else [])):
            yield from _summed(part, scope, depth)


def _adds_up(origin: Origin, tensors: list[Tensor]) -> bool:
    """Tell whether an assignment adds losses to a sum or a list."""
    value = origin.value.orelse if isinstance(origin.value, ast.IfExp) else origin.value
    joins = isinstance(origin.statement, ast.Expr) or called(value) in _JOINS
    if joins and all(tensor.dim() <= 1 for tensor in tensors):
        return True
    plus = isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add)
    if isinstance(origin.statement, ast.AugAssign):
        plus = isinstance(origin.statement.op, ast.Add)
    return plus and all(tensor.numel() == 1 for tensor in tensors)
