"""Why a gradient is None: rebound, no leaf, cleared, or reached by no backward."""

import ast
from collections.abc import Iterator
from types import ModuleType

from torch import Tensor

from linreg_lib.hints._assignments import Origin, assignments
from linreg_lib.hints._diagnosis import Found
from linreg_lib.hints._events import Event, clears, differentiated, events
from linreg_lib.hints._frames import Place
from linreg_lib.hints._graph import nodes_of, reaches
from linreg_lib.hints._makers import LEAVES_GRAPH, makers
from linreg_lib.hints._syntax import called, keyword, names_in
from linreg_lib.hints._updates import is_update
from linreg_lib.hints._values import names_of

_ASKS = {"requires_grad_", "Parameter"}
_FORMS = {"to", "cuda", "cpu", "float", "double", "half", "type", "view", "reshape", "t", "squeeze"}
_FORMS |= {"unsqueeze", "flatten", "clone", "transpose", "permute", "contiguous", "expand", "clamp"}


def why_none(tensor: Tensor, places: list[Place], shown: str = "") -> Found:
    """Say why a tensor's grad is None: the pitfall, the kind of cause and the facts.

    Args:
        tensor: the tensor; places: the reader's lines, innermost first.
        shown: the expression that stands for the tensor in the failing line.
    """
    named = [(place, name) for place in places for name in names_of(tensor, place.scope.names)]
    facts: dict[str, object] = {"name": _plainest(named, shown)}
    if tensor.is_leaf and tensor.requires_grad:
        return _leaf(tensor, places, named, facts)
    for place, called_so in named or [(places[0], shown)]:
        made = makers(called_so, place.scope, tensor)
        made = made + _itself_before(made[0]) if made else made
        if "." in called_so:  # an object that was made anew around its updated tensors
            made = made + assignments(place.scope, called_so.partition(".")[0])[:1]
        for index, origin in enumerate(made):
            if not is_update(origin):
                continue
            returns = isinstance(origin.statement, ast.Return)
            kind = "returned" if returns else "rebound"
            target = made[index - 1].target if returns and index else origin.target
            facts |= {"line": origin.shown, "target": target}
            if _loop_variable(place, origin.target):
                return "rebind-loop-variable", "rebound", facts
            if tensor.requires_grad:
                return "rebind-update", kind, facts
            if origin.no_grad or _without_graph(origin.value):
                return "rebind-under-no-grad", kind, facts
    if not tensor.requires_grad:
        for place, called_so in named:
            for origin in makers(called_so, place.scope, tensor):
                if called(origin.value) == "detach" or _is_data(origin.value):
                    facts |= {"line": origin.shown}
                    return "requires-grad-missing", "detached", facts
        return "requires-grad-missing", "plain", facts
    return _not_a_leaf(tensor, places, named, facts)


def _itself_before(origin: Origin) -> list[Origin]:
    """Return the earlier assignments that a name's value came through: `x = x.clamp(0, 1)`."""
    found = []
    while len(found) < 3 and origin.target in names_in(origin.value):
        earlier = assignments(origin.scope, origin.target)[:1]
        if not earlier or earlier[0].statement is origin.statement:
            break
        found += earlier
        origin = earlier[0]
    return found


def _plainest(named: list[tuple[Place, str]], shown: str) -> str:
    """Return the name that says most: a plain one, from the outermost of the reader's lines."""
    plain = [name for _, name in named if name.isidentifier()]
    return plain[-1] if plain else named[-1][1] if named else shown


def _without_graph(value: ast.expr) -> bool:
    return any(
        (isinstance(n, ast.Attribute) and n.attr == "data") or called(n) in LEAVES_GRAPH
        for n in ast.walk(value)
    )


def _is_data(value: ast.expr) -> bool:
    return isinstance(value, ast.Attribute) and value.attr == "data"


def _loop_variable(place: Place, name: str) -> bool:
    return any(
        isinstance(origin.statement, (ast.For, ast.AsyncFor))
        for origin in assignments(place.scope, name)
    )


def _not_a_leaf(
    tensor: Tensor, places: list[Place], named: list[tuple[Place, str]], facts: dict
) -> Found:
    for place, name in named:
        made = makers(name, place.scope, tensor)
        for origin in made:
            if _asks_then_computes(origin.value) or _of_one_leaf(origin, tensor):
                if isinstance(origin.value, ast.BinOp) and not _is_parameter(tensor, places):
                    continue
                return "not-a-leaf", "computed", facts | {"line": origin.shown}
        for origin in made:
            if isinstance(origin.statement, (ast.For, ast.AsyncFor)):
                continue
            again = origin.target in names_in(origin.value)
            if not again and not isinstance(places[0].statement, ast.AugAssign):
                return "gradient-in-the-middle", "computed", facts | {"line": origin.shown}
    return None, "not-a-leaf", facts


def _is_parameter(tensor: Tensor, places: list[Place]) -> bool:
    """Tell whether a tensor is meant as a parameter: its leaf has no name, or it is updated."""
    leaves = [node.variable for node in nodes_of(tensor) if hasattr(node, "variable")]
    known = [
        name for place in places for leaf in leaves for name in names_of(leaf, place.scope.names)
    ]
    return not known or any(
        isinstance(place.statement, ast.AugAssign) or called(place.node).endswith("_")
        for place in places
    )


def _asks_then_computes(value: ast.expr) -> bool:
    """Tell whether a value asks for grad and then goes through one more operation."""
    for node in ast.walk(value):
        asks = keyword(node, "requires_grad") is True if isinstance(node, ast.Call) else False
        if node is not value and (asks or called(node) in _ASKS):
            return True
    return False


def _of_one_leaf(origin: Origin, tensor: Tensor) -> bool:
    """Tell whether a value is a leaf in another form: `w.to(device)`, `w * 0.01`."""
    nodes = nodes_of(tensor)
    leaves = [node for node in nodes if hasattr(node, "variable")]
    if len(leaves) != 1 or leaves[0].variable.numel() != tensor.numel():
        return False
    value = origin.value.body if isinstance(origin.value, ast.IfExp) else origin.value
    if isinstance(value, ast.BinOp):
        held = [origin.scope.value(n) for n in ast.walk(value) if isinstance(n, ast.expr)]
        return sum(isinstance(item, Tensor) for item in held) == 1
    return called(value) in _FORMS


def _leaf(
    tensor: Tensor, places: list[Place], named: list[tuple[Place, str]], facts: dict
) -> Found:
    """Say why a parameter has no gradient: what happened last to it decides."""
    ran = list(events(places))
    happened = [e for e in ran if e.kind != "cleared" or clears(e, tensor)]
    # What stands after the failing line has run only if the line was passed once: with a gradient
    # that a backward before it had brought, or where a condition let it be skipped.
    before = [event for event in happened if event.now]
    walks = [event for event in before if event.kind == "backward"]
    skipped = _conditional(places[0], places[0].statement)
    if not _history_known(places, named):
        return None, "none-or-cleared", facts
    if not walks and not skipped:
        return _never_walked(before, facts)
    order = happened if walks or skipped else before
    fresh = _made_after(order, tensor, named)
    if fresh is not None:
        return "none-gradient", "fresh", facts | {"line": fresh.shown}
    last = order[0] if order else None
    if last is None:
        return "none-gradient", "never", facts
    if last.kind == "cleared":
        facts |= {"clear": last.where}
        if last.tested or (skipped and not last.now):
            return None, "none-or-cleared", facts
        return "grad-after-zero-grad", "cleared", facts
    if skipped and not walks:
        return None, "none-or-cleared", facts
    return _unreached(last, tensor, facts)


def _conditional(place: Place, statement: ast.stmt | None) -> bool:
    from linreg_lib.hints._syntax import steps

    return any(step.statement is statement and step.tested for step in steps(place.scope.node))


def _history_known(places: list[Place], named: list[tuple[Place, str]]) -> bool:
    """Tell whether the source shows where the tensor comes from, and so what came after."""
    return places[0].known and any(
        assignments(place.scope, name.split(".")[0].split("[")[0]) for place, name in named
    )


def _never_walked(before: list[Event], facts: dict) -> Found:
    if before and before[0].kind == "autograd.grad":
        return "none-gradient", "returned", facts | {"where": before[0].where}
    return "none-gradient", "never", facts


def _made_after(
    order: list[Event], tensor: Tensor, named: list[tuple[Place, str]]
) -> Origin | None:
    """Return the assignment that made the parameter anew after the last event, if there is one."""
    for place, name in named:
        made = makers(name, place.scope, tensor)
        if not made and "." in name:  # the object that holds it was made anew
            made = assignments(place.scope, name.partition(".")[0])
        for origin in made[:1]:
            here = [e for e in order if e.scope.node is origin.scope.node]
            if origin.now and here and here[0].now and here[0].through.lineno < origin.line:
                return origin
    return None


def _unreached(last: Event, tensor: Tensor, facts: dict) -> Found:
    losses = [] if last.tested else _losses(last)
    if losses and not any(loss is tensor or reaches(loss, tensor) for loss in losses):
        return "none-gradient", "unreached", facts | {"where": last.where}
    return None, "none-or-cleared", facts


def _losses(event: Event) -> list[Tensor]:
    """Return the tensors that a backward started from; empty where some may not be known."""
    found: list[Tensor] = []
    for node in ast.walk(differentiated(event.node) or ast.Pass()):
        if not isinstance(node, ast.Name):
            continue
        value = event.scope.value(node)
        if isinstance(value, Tensor) and value.requires_grad and not _given_anew(event, node.id):
            found.append(value)
        elif not isinstance(value, (Tensor, int, float, ModuleType)):
            return []
    return found


def _given_anew(event: Event, name: str) -> bool:
    """Tell whether a name was given another value between an event and the error."""
    scope = event.scope.around(event.scope.node)
    return any(made.now and made.line > event.node.lineno for made in assignments(scope, name))


def missing_gradient(place: Place) -> Iterator[tuple[Tensor, str]]:
    """Yield the tensors whose missing gradient the failing expression used, and their names."""
    if place.node is None:
        return
    nodes = [(place.node, place.scope)]
    for name in names_in(place.node):
        if place.value(name) is None:  # a name that was given to a gradient earlier
            for origin in assignments(place.scope, name)[:1]:
                if isinstance(origin.value, ast.Attribute):
                    nodes.append((origin.value, origin.scope))
    for root, scope in nodes:
        for node in ast.walk(root):
            if isinstance(node, ast.Attribute) and node.attr == "grad":
                tensor = scope.value(node.value)
                # Reading `.grad` of a tensor that is no leaf would warn, and give None.
                if isinstance(tensor, Tensor) and (
                    not (tensor.is_leaf or tensor.retains_grad) or tensor.grad is None
                ):
                    yield tensor, ast.unparse(node.value)
