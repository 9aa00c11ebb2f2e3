"""Why an optimizer got no parameters: what the module holds without knowing it."""

import ast
from typing import Any

import torch
from torch import Tensor

from linreg_lib.hints._assignments import Origin, assignments
from linreg_lib.hints._diagnosis import Found
from linreg_lib.hints._frames import Place
from linreg_lib.hints._source import Scope, function_scope
from linreg_lib.hints._syntax import called, dotted
from linreg_lib.hints._values import MISSING, fields_of, makes


def why_empty(place: Place) -> Found:
    """Say why an optimizer got an empty list: the pitfall, the kind and the facts."""
    given = _parameters(place)
    if given is None:
        return None, "no-parameters", {}
    value = place.value(given)
    if type(value).__name__ == "generator" and value.gi_frame is None:
        made = assignments(place.scope, dotted(given))
        where = made[0].where if made else place.where
        return "generator-exhausted", "parameters", {"name": dotted(given), "where": where}
    module = value
    if isinstance(given, ast.Call) and called(given) == "parameters":
        module = place.value(given.func.value) if isinstance(given.func, ast.Attribute) else MISSING
        if module is MISSING and isinstance(given.func.value, ast.Call):
            return _in_class(given.func.value, place.scope)
    elif isinstance(given, ast.Name):
        for origin in assignments(place.scope, given.id)[:1]:
            if "parameters" in ast.unparse(origin.value):
                owner = getattr(getattr(_innermost(origin.value), "func", None), "value", None)
                module = origin.scope.value(owner)
    if not isinstance(module, torch.nn.Module):
        return None, "no-parameters", {}
    return _unknown_to(module, place.scope)


def _innermost(value: ast.expr) -> ast.Call | None:
    calls = [n for n in ast.walk(value) if called(n) == "parameters"]
    return calls[0] if calls else None


def _parameters(place: Place) -> ast.expr | None:
    node = place.node
    if not isinstance(node, ast.Call):
        return None
    given = [k.value for k in node.keywords if k.arg == "params"] or node.args[:1]
    if not given:
        return None
    inner = _innermost(given[0])
    return inner if inner is not None else given[0]


def _unknown_to(module: torch.nn.Module, scope: Scope) -> Found:
    for owner in torch.nn.Module.modules(module):
        for name, value in fields_of(owner).items():
            kind = _holds(value)
            if name.startswith("_") and name in vars(torch.nn.Module()):
                continue
            if kind:
                line = _assigned(owner, name, scope)
                facts = {"name": f"self.{name}", "line": line or f"`self.{name}`"}
                if kind == "layers":
                    return "layer-in-plain-list", "layers", facts
                return "parameter-not-in-optimizer", "plain", facts
    return None, "no-parameters", {}


def _holds(value: Any) -> str:
    if isinstance(value, Tensor) and not isinstance(value, torch.nn.Parameter):
        return "tensors" if value.requires_grad else ""
    items = value.values() if type(value) is dict else value
    if type(value) not in (list, tuple, dict):
        return ""
    if any(isinstance(item, torch.nn.Module) for item in items):
        return "layers"
    return "tensors" if any(isinstance(i, Tensor) and i.requires_grad for i in items) else ""


def _assigned(owner: torch.nn.Module, name: str, scope: Scope) -> str | None:
    found = function_scope(type(owner).__init__.__get__(owner), scope)
    made = assignments(found[0], f"self.{name}") if found else []
    return made[-1].shown if made else None


def _in_class(call: ast.Call, scope: Scope) -> Found:
    """Read what a class's `__init__` assigns where its object has no name."""
    made_by = scope.value(call.func)
    if not makes(made_by, torch.nn.Module):
        return None, "no-parameters", {}
    found = function_scope(made_by.__init__, scope)
    for origin in _attributes(found[0]) if found else []:
        calls = [n for n in ast.walk(origin.value) if isinstance(n, ast.Call)]
        if isinstance(origin.value, (ast.List, ast.Dict, ast.ListComp, ast.DictComp, ast.Tuple)):
            for inner in calls:
                layer = found[0].value(inner.func)
                if layer is MISSING and dotted(inner.func).startswith(("nn.", "torch.nn.")):
                    layer = getattr(torch.nn, called(inner), None)
                if makes(layer, torch.nn.Module):
                    facts = {"name": origin.target, "line": origin.shown}
                    return "layer-in-plain-list", "layers", facts
    return None, "no-parameters", {}


def _attributes(scope: Scope) -> list[Origin]:
    names = {
        dotted(target)
        for node in ast.walk(scope.node)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if dotted(target).startswith("self.")
    }
    return [origin for name in sorted(names) for origin in assignments(scope, name)]
