"""Why a loss has no graph: where recording stopped, or never began."""

import ast

import torch
from torch import Tensor

from linreg_lib.hints._backward import traced
from linreg_lib.hints._flow import Origin, dotted, names_in, origins
from linreg_lib.hints._gradients import is_rebinding
from linreg_lib.hints._source import Place, text, where

_DETACHING = {"item", "detach", "tolist", "numpy"}


def why_no_graph(places: list[Place]) -> tuple[str | None, str | None]:
    """Say why a loss has no graph: the pitfall's name and the cause, None where unknown."""
    loss, places = traced(places)
    place = places[0]
    if loss is None:
        return None, None
    found = origins(loss, place.scope)
    shown = text(loss)
    for origin in found:
        line = f"`{text(origin.statement)}` ({origin.where})"
        if is_rebinding(origin) and (origin.no_grad or _detaches(origin.value)):
            return "rebind-under-no-grad", (
                f"{line} gives the name `{origin.target}` to a tensor that does not require grad."
            )
    if not torch.is_grad_enabled():
        return "no-grad-forward", "gradients are switched off, and nothing is being recorded."
    for origin in found:
        line = f"`{text(origin.statement)}` ({origin.where})"
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
    frozen = [name for name, value in values.items() if _is_frozen(value)]
    late = _asked_late(place, found, tensors)
    if late:
        return "requires-grad-missing", late
    unknown = any(origin.fed for origin in found)
    if tensors and not unknown and not any(t.requires_grad for t in tensors.values()):
        sources = [*frozen, *(name for name in tensors if name not in names_in(loss))]
        made_from = ", ".join(f"`{name}`" for name in sources)
        if made_from:
            return "requires-grad-missing", (
                f"`{shown}` was computed from {made_from}, and none of them requires grad."
            )
    return None, None


def _is_frozen(value: object) -> bool:
    if not isinstance(value, torch.nn.Module):
        return False
    params = list(value.parameters())
    return bool(params) and not any(p.requires_grad for p in params)


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
            return f"{where(node)} asks `{name}` for gradients after the forward pass."
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
