"""Why a loss has no graph: where recording stopped, or that it never began."""

import ast
from dataclasses import dataclass

import torch
from torch import Tensor

from linreg_lib.hints._diagnosis import Found
from linreg_lib.hints._events import backward_call, differentiated
from linreg_lib.hints._flow import (
    Origin,
    appended,
    argument_of,
    assignments,
    is_fed,
    newest_first,
    returned,
)
from linreg_lib.hints._frames import Place
from linreg_lib.hints._makers import LEAVES_GRAPH, fits
from linreg_lib.hints._source import Scope, text
from linreg_lib.hints._syntax import called, dotted, names_in, steps, stops_recording
from linreg_lib.hints._updates import is_update
from linreg_lib.hints._values import MISSING, requires_grad, tensors_in
from linreg_lib.words import words

_NUMBERS = {
    "torch.tensor",
    "torch.Tensor",
    "torch.as_tensor",
    "torch.from_numpy",
    "torch.FloatTensor",
    "float",
}
_WITHOUT_DERIVATIVE = {"argmax", "argmin", "argsort", "long", "int", "bool", "eq", "ne", "gt", "lt"}
_WITHOUT_DERIVATIVE |= {"ge", "le", "heaviside", "sign_", "accuracy_score", "isclose", "equal"}
_WITH_INDICES = {"max", "min", "topk", "sort", "median", "mode"}


@dataclass
class Culprit:
    """A place where the graph is left: the pitfall, the kind of cause and its line."""

    pitfall: str
    kind: str
    origin: Origin | None


class Search:
    """Walk from a loss back to where gradients were lost, by the last assignment of each name."""

    def __init__(self) -> None:
        self.culprits: list[Culprit] = []
        self.sources: dict[str, object] = {}
        # Whether the loss was computed from something that requires grad now.
        self.alive = False
        # The names that were computed from others of the sources.
        self.computed: set[str] = set()
        # Whether the source of a tensor is not known.
        self.unseen = False
        self._seen: set[tuple[int, str]] = set()

    def expression(self, value: ast.AST, scope: Scope, origin: Origin | None = None) -> None:
        """Search in an expression; origin is the assignment that it stands in."""
        if lost := _lost_here(value):
            before = len(self.culprits)
            if not is_fed(value, scope):
                self._parts(value, scope, origin)
            if len(self.culprits) == before and _carries(value, scope):
                self.culprits.append(Culprit(*lost, origin))
            return
        name = dotted(value)
        if name:
            self._name(name, scope)
            return
        if isinstance(value, ast.Call):
            for made in returned(value, scope):
                if is_update(made) and (made.no_grad or _takes_out(made.value)):
                    self.culprits.append(Culprit("rebind-under-no-grad", "returned", made))
                elif made.no_grad and _carries(made.value, made.scope):
                    self.culprits.append(Culprit("no-grad-forward", "ran", made))
                else:
                    self.expression(made.value, made.scope, made)
            self._owner(value, scope)
        self._parts(value, scope, origin)

    def _parts(self, value: ast.AST, scope: Scope, origin: Origin | None) -> None:
        for part in ast.iter_child_nodes(value):
            if not isinstance(part, (ast.expr_context, ast.operator)):
                self.expression(part, scope, origin)

    def _owner(self, call: ast.Call, scope: Scope) -> None:
        module = scope.value(call.func)
        if isinstance(module, torch.nn.Module) and not requires_grad(module):
            self.sources |= {text(call.func): m for m in [module] if list(tensors_in(m))}

    def _name(self, name: str, scope: Scope) -> None:
        value = scope.value(name)
        if requires_grad(value):
            self.alive = True
            return
        if (id(scope.node), name) in self._seen:
            return
        self._seen.add((id(scope.node), name))
        if isinstance(value, (torch.nn.Module, type(torch))):
            return
        found = [o for o in assignments(scope, name) if _made(o, value)]
        found += list(appended(scope, name))
        if handed := argument_of(scope, name):
            self.expression(*handed)
        elif not found and "." in name and not isinstance(value, Tensor):
            self._name(name.rpartition(".")[0], scope)
        elif not found and name.endswith("]"):
            self._name(name.rpartition("[")[0], scope)
        elif not found:
            self.unseen = self.unseen or isinstance(value, Tensor)
        for origin in found:
            read = [scope.value(n) for n in names_in(origin.value) if n != name]
            if any(isinstance(v, Tensor) and v.is_floating_point() for v in read):
                self.computed.add(name)
            if self._assignment(origin, name):
                break
        if isinstance(value, Tensor) and value.is_floating_point():
            self.sources.setdefault(name, value)

    def _assignment(self, origin: Origin, name: str) -> bool:
        """Search in an assignment; true where it alone made the name's value."""
        if is_update(origin) and (origin.no_grad or _takes_out(origin.value)):
            self.culprits.append(Culprit("rebind-under-no-grad", "rebound", origin))
        elif origin.no_grad and _carries(origin.value, origin.scope):
            self.culprits.append(Culprit("no-grad-forward", "ran", origin))
        elif _picks_indices(origin) and _carries(origin.value, origin.scope):
            self.culprits.append(Culprit("loss-without-derivative", "operation", origin))
        else:
            self.expression(origin.value, origin.scope, origin)
        adds = isinstance(origin.statement, ast.AugAssign) or name in names_in(origin.value)
        return not (adds or origin.tested or isinstance(origin.statement, ast.Expr))


def _made(origin: Origin, value: object) -> bool:
    known = isinstance(value, Tensor) and not isinstance(origin.statement, ast.AugAssign)
    return not known or fits(origin, value)


def _carries(value: ast.AST, scope: Scope) -> bool:
    """Tell whether something that requires grad goes into an expression, functions included."""
    if is_fed(value, scope):
        return True
    search = _Alive()
    return search.expression(value, scope, 6)


class _Alive:
    def __init__(self) -> None:
        self._seen: set[tuple[int, str]] = set()

    def expression(self, value: ast.AST, scope: Scope, depth: int) -> bool:
        if is_fed(value, scope):
            return True
        if not depth:
            return False
        for call in (n for n in ast.walk(value) if isinstance(n, ast.Call)):
            for made in returned(call, scope):
                if self.expression(made.value, made.scope, depth - 1):
                    return True
        for name in names_in(value):
            if (id(scope.node), name) in self._seen:
                continue
            self._seen.add((id(scope.node), name))
            held = scope.value(name)
            if isinstance(held, Tensor) or (held is not MISSING and not _may_hold(held)):
                continue
            handed = argument_of(scope, name)
            if handed and self.expression(*handed, depth - 1):
                return True
            for origin in [*assignments(scope, name)[:1], *appended(scope, name)]:
                if self.expression(origin.value, origin.scope, depth - 1):
                    return True
        return False


def _may_hold(value: object) -> bool:
    return isinstance(value, (list, tuple, dict))


def _lost_here(value: ast.AST) -> tuple[str, str] | None:
    """Tell whether an expression's outermost operation leaves the graph, and how."""
    if isinstance(value, ast.Attribute) and value.attr == "data":
        return "rebuilt-from-numbers", "numbers"
    if isinstance(value, ast.Attribute) and value.attr == "indices":
        return "loss-without-derivative", "operation"
    if isinstance(value, ast.Compare) or (
        isinstance(value, ast.UnaryOp) and isinstance(value.op, (ast.Invert, ast.Not))
    ):
        return "loss-without-derivative", "operation"
    if isinstance(value, ast.Subscript):
        picks = isinstance(value.slice, ast.Constant) and value.slice.value == 1
        if picks and called(value.value) in _WITH_INDICES:
            return "loss-without-derivative", "operation"
    if isinstance(value, ast.Call):
        if called(value) in LEAVES_GRAPH or dotted(value.func) in _NUMBERS:
            return "rebuilt-from-numbers", "numbers"
        if called(value) in _WITHOUT_DERIVATIVE:
            return "loss-without-derivative", "operation"
    return None


def _picks_indices(origin: Origin) -> bool:
    """Tell whether a name is given the second of `values, indices = x.max(dim)`."""
    if not origin.part or called(origin.value) not in _WITH_INDICES:
        return False
    for target in getattr(origin.statement, "targets", []):
        if isinstance(target, ast.Tuple) and len(target.elts) == 2:
            return dotted(target.elts[1]) == origin.target
    return False


def _takes_out(value: ast.expr) -> bool:
    lost = [_lost_here(node) for node in ast.walk(value)]
    return ("rebuilt-from-numbers", "numbers") in lost


def why_no_graph(places: list[Place]) -> Found:
    """Say why a loss has no graph: the pitfall, the kind of cause and the facts."""
    place = places[0]
    loss = differentiated(backward_call(place))
    if loss is None:
        return None, None, {}
    search = Search()
    search.expression(loss, place.scope)
    facts: dict[str, object] = {"name": text(loss)}
    found = search.culprits
    if found and (not requires_grad(place.value(loss))):
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
        return pitfall, culprit.kind, facts
    if not torch.is_grad_enabled() or _is_off(place):
        return "no-grad-forward", "off", facts
    if late := _asked_late(place, search):
        return "requires-grad-missing", "late", facts | late
    if switch := _switched_off(place):
        return "no-grad-forward", "switched", facts | {"line": switch}
    if search.alive:
        return None, None, facts
    return _nothing_asked(loss, search, facts)


def _is_off(place: Place) -> bool:
    return any(s.statement is place.statement and s.no_grad for s in steps(place.scope.node))


def _switched_off(place: Place) -> str | None:
    """Return the last `set_grad_enabled`, where it switched recording off."""
    for step, _ in newest_first(place.scope.module()):
        call = getattr(step.statement, "value", None)
        if isinstance(step.statement, ast.Expr) and called(call) == "set_grad_enabled":
            return place.scope.module().shown(step.statement) if stops_recording(call) else None
    return None


def _nothing_asked(loss: ast.expr, search: Search, facts: dict) -> Found:
    made_of = [name for name in search.sources if name != text(loss)]
    if not made_of or any(requires_grad(value) for value in search.sources.values()):
        return None, None, facts
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
