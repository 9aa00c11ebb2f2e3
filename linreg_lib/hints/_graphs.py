"""Why a graph is missing, walked already, or stale: causes read from the code around backward."""

import ast
import re

import torch
from torch import Tensor

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
from linreg_lib.hints._gradients import is_rebinding, names_of
from linreg_lib.hints._source import Place, text

_DETACHING = {"item", "detach", "tolist", "numpy"}


def differentiated(place: Place) -> ast.expr | None:
    """Return the expression that `backward` or `torch.autograd.grad` was called on."""
    call = place.node
    if not isinstance(call, ast.Call):
        calls = [
            node
            for node in ast.walk(place.scope.node)
            if isinstance(node, ast.Call)
            and node.lineno <= place.lineno <= (node.end_lineno or 0)
            and dotted(node.func).split(".")[-1] in ("backward", "grad")
        ]
        if len(calls) != 1:
            return None
        call = calls[0]
    function = call.func
    if isinstance(function, ast.Attribute) and dotted(function).startswith("torch.autograd"):
        return call.args[0] if call.args else None
    if isinstance(function, ast.Attribute) and function.attr == "backward":
        return function.value
    if isinstance(function, ast.Name) and function.id == "grad" and call.args:
        return call.args[0]
    return None


def _traced(places: list[Place]) -> tuple[ast.expr | None, list[Place]]:
    """Return what backward was called on, followed out of functions that were handed it."""
    loss = differentiated(places[0])
    while isinstance(loss, ast.Name) and len(places) > 1:
        scope, caller = places[0].scope, places[1]
        arguments = [a.arg for a in getattr(getattr(scope.node, "args", None), "args", [])]
        call = caller.node
        if loss.id not in arguments or any(True for _ in assignments(scope, loss.id)):
            break
        index = arguments.index(loss.id)
        if not isinstance(call, ast.Call) or index >= len(call.args):
            break
        loss, places = call.args[index], places[1:]
    return loss, places


def why_no_graph(places: list[Place]) -> tuple[str | None, str | None]:
    """Say why a loss has no graph: the pitfall's name and the cause, None where unknown."""
    loss, places = _traced(places)
    place = places[0]
    if loss is None:
        return None, None
    found = origins(loss, place.scope)
    shown = text(loss)
    for origin in found:
        line = f"`{text(origin.statement)}` (line {origin.line})"
        if is_rebinding(origin) and (origin.no_grad or _detaches(origin.value)):
            return "rebind-under-no-grad", (
                f"{line} gives the name `{origin.target}` to a tensor that does not require grad."
            )
    if not torch.is_grad_enabled():
        return "no-grad-forward", "gradients are switched off, and nothing is being recorded."
    for origin in found:
        line = f"`{text(origin.statement)}` (line {origin.line})"
        if origin.fed and origin.no_grad:
            return "no-grad-forward", f"{line} ran under `no_grad`, so nothing was recorded."
        if origin.fed and _detaches(origin.value):
            return "rebuilt-from-numbers", (
                f"{line} keeps numbers alone and leaves the graph behind."
            )
    if _detaches(loss):
        return "rebuilt-from-numbers", f"`{shown}` keeps numbers alone and leaves the graph behind."
    read = names_in(loss).union(*(names_in(origin.value) for origin in found))
    values = {name: place.scope.value(name) for name in sorted(read)}
    tensors = {name: value for name, value in values.items() if isinstance(value, Tensor)}
    late = _asked_late(place, found, tensors)
    if late:
        return "requires-grad-missing", late
    unknown = any(origin.fed for origin in found)
    if tensors and not unknown and not any(t.requires_grad for t in tensors.values()):
        made_from = ", ".join(f"`{name}`" for name in tensors if name not in names_in(loss))
        if made_from:
            return "requires-grad-missing", (
                f"`{shown}` was computed from {made_from}, and none of them requires grad."
            )
    return None, None


def _asked_late(place: Place, found: list[Origin], tensors: dict[str, Tensor]) -> str | None:
    """Find a `requires_grad_()` that came after the forward pass."""
    made = [origin.line for origin in found if origin.scope.node is place.scope.node]
    for node in ast.walk(place.scope.node):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asks, target = node.func.attr == "requires_grad_", node.func.value
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            asks, target = node.targets[0].attr == "requires_grad", node.targets[0].value
        else:
            continue
        name = dotted(target)
        if asks and name in tensors and made and max(made) < node.lineno <= place.lineno:
            return f"line {node.lineno} asks `{name}` for gradients after the forward pass."
    return None


def _detaches(value: ast.expr) -> bool:
    for node in ast.walk(value):
        if isinstance(node, ast.Attribute) and node.attr in ("data", *_DETACHING):
            return True
        if isinstance(node, ast.Call) and dotted(node.func) in (
            "torch.tensor",
            "torch.Tensor",
            "torch.as_tensor",
            "float",
        ):
            return True
    return False


def why_second(places: list[Place]) -> tuple[str, str | None]:
    """Say why a graph was walked a second time: the pitfall's name and the cause."""
    loss, places = _traced(places)
    place = places[0]
    if loss is None:
        return "second-backward", None
    loops = _loops_around(place)
    shown = text(loss)
    found = origins(loss, place.scope)
    for name in sorted(names_in(loss)):
        for origin in assignments(place.scope, name):
            if _accumulates(origin) and (origin.loops or loops):
                return "losses-carried-over", (
                    f"`{text(origin.statement)}` (line {origin.line}) keeps the graphs of the "
                    f"earlier steps in `{name}`, and this `backward` walks them again."
                )
    # A list of losses, joined or summed: the expression itself may hold it, or what made it.
    for name in sorted(names_in(loss).union(*(names_in(origin.value) for origin in found))):
        for call, _, inner in appended(place.scope, name):
            fresh = (
                any(
                    _inside(origin.statement, loops[-1])
                    for origin in assignments(place.scope, name)
                )
                if loops
                else False
            )
            if inner and not fresh and _holds_graphs(place.scope.value(name)):
                return "losses-carried-over", (
                    f"`{text(call)}` (line {call.lineno}) keeps the graphs of the earlier steps in "
                    f"`{name}`, and this `backward` walks them again."
                )
    for origin in found:
        if is_rebinding(origin):
            return "rebind-update", (
                f"`{text(origin.statement)}` (line {origin.line}) binds `{origin.target}` to the "
                "output of an operation, which keeps the last step's graph attached."
            )
    return "second-backward", _second_cause(place, loss, shown, loops, found)


def _second_cause(place, loss, shown, loops, found) -> str | None:
    if loops:
        inside = [origin for origin in found if _inside(origin.statement, loops[-1])]
        for origin in found:
            outside = not _inside(origin.statement, loops[-1])
            value = place.scope.value(origin.target) if origin.target.isidentifier() else None
            if (
                outside
                and isinstance(value, Tensor)
                and value.grad_fn is not None
                and not any(other.target == origin.target for other in inside)
            ):
                return (
                    f"`{origin.target}` is computed once, at line {origin.line}, outside the loop "
                    "that calls `backward` again and again."
                )
        for origin in inside:
            value = place.scope.value(origin.target) if origin.target.isidentifier() else None
            before = [o for o in found if o.target == origin.target and o not in inside]
            if before and isinstance(value, Tensor) and value.grad_fn is not None:
                return (
                    f"`{origin.target}` (line {origin.line}) carries the last step's graph into "
                    "this one; detach it between the steps."
                )
    name = dotted(loss)
    for node in ast.walk(place.scope.node):
        if (
            name
            and isinstance(node, ast.Call)
            and node.lineno < place.lineno
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "backward"
            and dotted(node.func.value) == name
        ):
            return f"line {node.lineno} has called `backward` on `{shown}` already."
    return _shared_part(place, loss, found)


def _shared_part(place: Place, loss: ast.expr, found: list[Origin]) -> str | None:
    """Find a computed tensor that an earlier `backward` of the same scope has walked too."""
    mine = {origin.target for origin in found}
    for statement, _, _ in walk_statements(body_of(place.scope.node)):
        call = getattr(statement, "value", None)
        if not (isinstance(statement, ast.Expr) and isinstance(call, ast.Call)):
            continue
        if statement.lineno >= place.lineno or not isinstance(call.func, ast.Attribute):
            continue
        if call.func.attr == "backward":
            for origin in origins(call.func.value, place.scope):
                value = place.scope.value(origin.target)
                if origin.target in mine and isinstance(value, Tensor) and value.grad_fn:
                    return (
                        f"`{origin.target}` (line {origin.line}) is a part of the graph that the "
                        f"`backward` of line {statement.lineno} has walked already."
                    )
    return None


def _loops_around(place: Place) -> list[ast.AST]:
    return [
        loop
        for statement, _, loops in walk_statements(body_of(place.scope.node))
        if statement.lineno <= place.lineno <= (statement.end_lineno or 0)
        for loop in loops
        if loop.lineno <= place.lineno <= loop.end_lineno
    ]


def _inside(node: ast.AST, loop: ast.AST) -> bool:
    return loop.lineno <= node.lineno <= loop.end_lineno


def _accumulates(origin: Origin) -> bool:
    if isinstance(origin.statement, ast.AugAssign):
        return isinstance(origin.statement.op, ast.Add)
    return (
        isinstance(origin.value, ast.BinOp)
        and isinstance(origin.value.op, ast.Add)
        and origin.target in names_in(origin.value)
    ) or (
        isinstance(origin.value, ast.Call)
        and dotted(origin.value.func) in ("torch.cat", "torch.stack", "torch.add")
        and origin.target in names_in(origin.value)
    )


def _holds_graphs(value: object) -> bool:
    return isinstance(value, list) and any(
        isinstance(item, Tensor) and item.grad_fn is not None for item in value
    )


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
            f"`{name}` was changed in place by `{text(statement)}` (line {statement.lineno}): it "
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
