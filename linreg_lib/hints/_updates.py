"""Whether an assignment is a parameter's update, by `.grad` or by a name given to a gradient."""

import ast

import torch
from torch import Tensor

from linreg_lib.hints._assignments import Origin, assignments
from linreg_lib.hints._flow import argument_of
from linreg_lib.hints._source import Scope
from linreg_lib.hints._syntax import called, dotted, names_in

_UPDATES = {"sub", "add", "addcmul", "addcdiv"}


def is_update(origin: Origin) -> bool:
    """Tell whether an assignment gives a name to the result of a parameter's update."""
    if not isinstance(origin.statement, (ast.Assign, ast.AnnAssign, ast.Return)):
        return False
    for node in ast.walk(origin.value):
        plain = isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))
        if (plain or called(node) in _UPDATES) and _steps(node, origin):
            return True
    return False


def _steps(node: ast.AST, origin: Origin) -> bool:
    """Tell whether a sum is a parameter and something made of its gradient."""
    owners = [n.value for n in ast.walk(node) if isinstance(n, ast.Attribute) and n.attr == "grad"]
    if owners:
        own = {dotted(owner) for owner in owners}
        others = [n for n in ast.walk(node) if n not in owners and dotted(n) in own]
        return bool(others)
    holder = origin.target.split("[")[0]
    again = holder in names_in(origin.value) or _runs_over(holder, origin)
    moves = isinstance(origin.statement, ast.Return) or again
    return moves and uses_gradient(node, origin.scope)


def _runs_over(holder: str, origin: Origin) -> bool:
    """Tell whether a `for` variable in the value runs over what holds the target."""
    return any(
        isinstance(made.statement, (ast.For, ast.AsyncFor)) and holder in names_in(made.value)
        for name in names_in(origin.value)
        for made in assignments(origin.scope, name)
    )


def uses_gradient(node: ast.AST, scope: Scope, depth: int = 3) -> bool:
    """Tell whether a gradient goes into an expression, by `.grad` or by a name given to one."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr == "grad":
            return True
    if not depth:
        return False
    for name in names_in(node):
        if _is_parameter(scope.value(name)):
            continue
        for origin in assignments(scope, name):
            if uses_gradient(origin.value, origin.scope, depth - 1):
                return True
        handed = argument_of(scope, name)
        if handed and uses_gradient(*handed, depth - 1):
            return True
    return False


def _is_parameter(value: object) -> bool:
    is_leaf = isinstance(value, Tensor) and value.requires_grad
    return is_leaf or isinstance(value, torch.nn.Module)
