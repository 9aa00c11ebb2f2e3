"""Why a gradient is None: the parameter was rebound, is no leaf, or no backward has reached it."""

import ast
from collections.abc import Iterator

import torch
from torch import Tensor

from linreg_lib.hints._flow import Origin, assignments, body_of, makers, names_in, walk_statements
from linreg_lib.hints._source import MISSING, Place, text

_MAKERS = {"requires_grad_", "Parameter"}


def names_of(tensor: Tensor, place: Place) -> Iterator[str]:
    """Yield the names that a tensor has in a frame, `self.w` and `params[0]` included."""
    for name, value in list(place.scope.names.items()):
        if value is tensor:
            yield name
        elif type(value) is dict and name != "__builtins__":
            yield from (f"{name}[{key!r}]" for key, item in value.items() if item is tensor)
        elif type(value) in (list, tuple):
            yield from (f"{name}[{i}]" for i, item in enumerate(value[:100]) if item is tensor)
        elif isinstance(value, torch.nn.Module):
            yield from (f"{name}.{key}" for key, p in value.named_parameters() if p is tensor)
        if name == "self" and not isinstance(value, torch.nn.Module):
            fields = getattr(value, "__dict__", {})
            yield from (f"self.{key}" for key, item in fields.items() if item is tensor)
            for key, item in fields.items():
                if type(item) in (list, tuple) and any(entry is tensor for entry in item):
                    yield f"self.{key}[]"


def mentions_gradient(origin: Origin) -> bool:
    """Tell whether an assignment's value uses a gradient, by `.grad` or by a name given to one."""
    if any(isinstance(n, ast.Attribute) and n.attr == "grad" for n in ast.walk(origin.value)):
        return True
    return any(
        isinstance(other.statement, ast.Assign) and _only_reads_gradient(other.value)
        for name in names_in(origin.value)
        for other in assignments(origin.scope, name)
    )


def is_rebinding(origin: Origin) -> bool:
    """Tell whether an assignment gives a parameter's name to the result of its update."""
    return isinstance(origin.statement, (ast.Assign, ast.AnnAssign, ast.Return)) and (
        mentions_gradient(origin)
        and isinstance(origin.value, (ast.BinOp, ast.Call, ast.ListComp))
        and not _only_reads_gradient(origin.value)
    )


def _only_reads_gradient(value: ast.expr) -> bool:
    # `g = w.grad.clone()`, `grads = [p.grad for p in params]`: names for gradients, no update.
    if isinstance(value, ast.ListComp):
        value = value.elt
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        if value.func.attr in ("sub", "add"):
            return False
        value = value.func.value
    return isinstance(value, ast.Attribute) and value.attr in ("grad", "autograd")


def loop_variable(place: Place, name: str) -> bool:
    """Tell whether a `for` of the scope runs over the name."""
    return any(
        isinstance(origin.statement, (ast.For, ast.AsyncFor))
        for origin in assignments(place.scope, name)
    )


def why_none(tensor: Tensor, places: list[Place]) -> tuple[str, str]:
    """Say why a tensor's grad is None: the pitfall's name, and the cause in this code."""
    named = [(place, name) for place in places for name in names_of(tensor, place)]
    for place, name in named:
        if tensor.is_leaf and tensor.requires_grad:
            break  # what an update was bound to is no leaf, or does not require grad
        for origin in _updates(place, name):
            line = f"`{text(origin.statement)}` ({origin.where})"
            if loop_variable(place, origin.target):
                return "rebind-loop-variable", (
                    f"{line} binds the loop variable `{origin.target}` to a new tensor; "
                    "the parameter itself stays as it was."
                )
            if tensor.requires_grad:
                return "rebind-update", (
                    f"{line} binds `{origin.target}` to the output of an operation: it is no leaf, "
                    "and `backward` fills `.grad` of leaves alone."
                )
            return "rebind-under-no-grad", (
                f"{line} binds `{origin.target}` to a tensor that does not require grad."
            )
    shown = named[0][1].replace("[]", "") if named else "the tensor"
    if not tensor.requires_grad:
        return "requires-grad-missing", f"`{shown}` does not require grad."
    if tensor.is_leaf:
        return "none-gradient", f"no `backward` has reached `{shown}` yet."
    for place, name in named:
        made = list(makers(name.replace("[]", ""), place.scope))
        for origin in made:
            if _made_then_changed(origin.value) or _is_conversion(origin):
                return "not-a-leaf", (
                    f"`{text(origin.statement)}` ({origin.where}): the leaf is the tensor "
                    f"before the last operation; `{shown}` is that operation's output."
                )
        for origin in made:
            if origin.target == name and not isinstance(origin.statement, ast.For):
                return "gradient-in-the-middle", (
                    f"`{shown}` is computed ({origin.where}), not a leaf, and `backward` "
                    "fills `.grad` of leaves alone."
                )
    return "not-a-leaf", f"`{shown}` is the output of an operation, not a leaf."


def _updates(place: Place, name: str) -> Iterator[Origin]:
    """Yield the assignments that rebind a name, or the list or dict that holds the tensor."""
    bases = [name]
    if "[" in name:
        bases.append(name.split("[")[0])
    for base in bases:
        yield from filter(is_rebinding, makers(base, place.scope))
    holder = name.split("[")[0]
    if "[" in name:
        for statement, no_grad, loops in walk_statements(body_of(place.scope.node)):
            if not isinstance(statement, ast.Assign):
                continue
            for target in statement.targets:
                if isinstance(target, ast.Subscript) and ast.unparse(target.value) == holder:
                    origin = Origin(
                        ast.unparse(target), statement.value, statement, no_grad, loops, place.scope
                    )
                    if is_rebinding(origin):
                        yield origin


def _made_then_changed(value: ast.expr) -> bool:
    """Tell whether a value asks for grad and then goes through one more operation."""
    for node in ast.walk(value):
        if not isinstance(node, ast.Call):
            continue
        asks = any(
            k.arg == "requires_grad" and isinstance(k.value, ast.Constant) and k.value.value is True
            for k in node.keywords
        )
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if (asks or name in _MAKERS) and node is not value:
            return True
    return False


def _is_conversion(origin: Origin) -> bool:
    """Tell whether a value is made of one leaf alone: `w.to(device)`, `w * 0.01`."""
    if not isinstance(origin.value, (ast.Call, ast.BinOp)):
        return False
    tensors = [
        value
        for name in names_in(origin.value)
        if isinstance(value := origin.scope.value(name), Tensor)
    ]
    return (
        bool(tensors)
        and all(t is tensors[0] for t in tensors)
        and (tensors[0] is not MISSING and tensors[0].is_leaf and tensors[0].requires_grad)
    )
