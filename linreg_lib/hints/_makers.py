"""Which assignment made a tensor: the last one before the error that can have made it."""

import ast
import re
from collections.abc import Iterator

from torch import Tensor

from linreg_lib.hints._assignments import Origin, appended, assignments
from linreg_lib.hints._flow import returned
from linreg_lib.hints._source import Scope
from linreg_lib.hints._syntax import called, dotted, keyword, names_in

_NODES = {
    ast.Add: ("Add",),
    ast.Sub: ("Sub", "Rsub"),
    ast.Mult: ("Mul",),
    ast.Div: ("Div",),
    ast.Pow: ("Pow",),
}
_FRESH = {"zeros", "ones", "rand", "randn", "empty", "full", "arange", "linspace", "tensor"}
LEAVES_GRAPH = {"item", "detach", "tolist", "numpy"}


def makers(name: str, scope: Scope, tensor: Tensor, depth: int = 5) -> list[Origin]:
    """Return how a name got its tensor: the last assignment, then what that one took it from.

    Empty where no assignment is known that can have made the tensor.
    """
    for base in _bases(name):
        found = assignments(scope, base)
        if base != name:
            found = [*appended(scope, base), *found]
        for origin in found:
            if isinstance(origin.statement, (ast.For, ast.AsyncFor)):
                return []  # an element of something that has names of its own
            if not isinstance(origin.statement, ast.AugAssign) and fits(origin, tensor):
                return [origin, *_before(origin, name, tensor, depth)]
    return []


def _bases(name: str) -> Iterator[str]:
    yield name
    while name.endswith("]"):
        name = name.rpartition("[")[0]
        yield name


def _before(origin: Origin, name: str, tensor: Tensor, depth: int) -> list[Origin]:
    """Follow the same tensor out of a function that returned it, or from another name."""
    if not depth:
        return []
    rest = "" if origin.part else name.removeprefix(origin.target)
    if isinstance(origin.value, ast.Call):
        for made in returned(origin.value, origin.scope):
            for value in _matching(origin.statement, name, made.value):
                if dotted(value):
                    suffix = rest if value is made.value else ""
                    return [made, *makers(dotted(value) + suffix, made.scope, tensor, depth - 1)]
                if fits_expression(value, made.no_grad, tensor):
                    return [made]
        return []
    values = origin.value.elts if isinstance(origin.value, (ast.Tuple, ast.List)) else []
    for value in [origin.value, *values]:
        if dotted(value) and not (origin.part and value is origin.value):
            suffix = rest if value is origin.value else ""
            found = makers(dotted(value) + suffix, origin.scope, tensor, depth - 1)
            if found:
                return found
    return []


def _matching(statement: ast.AST, name: str, value: ast.expr) -> list[ast.expr]:
    """Return the one of several returned values that the name is given, or all of them."""
    if not isinstance(value, (ast.Tuple, ast.List)):
        return [value]
    for target in getattr(statement, "targets", []):
        if isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == len(value.elts):
            return [v for t, v in zip(target.elts, value.elts, strict=True) if dotted(t) == name]
    index = re.search(r"\[(\d+)\]$", name)
    if index and int(index[1]) < len(value.elts):
        return [value.elts[int(index[1])]]
    return list(value.elts)


def fits(origin: Origin, tensor: Tensor) -> bool:
    """Tell whether an assignment can have made a tensor, from the tensor's own state."""
    if origin.part and not isinstance(origin.value, (ast.ListComp, ast.GeneratorExp)):
        return True
    if fits_expression(element_of(origin.value), origin.no_grad, tensor):
        return origin.no_grad or not _would_require_grad(origin, tensor)
    return False


def element_of(value: ast.expr) -> ast.expr:
    """Return what a comprehension makes each time; any other expression as it is."""
    return value.elt if isinstance(value, (ast.ListComp, ast.GeneratorExp)) else value


def fits_expression(value: ast.expr, no_grad: bool, tensor: Tensor) -> bool:
    """Tell whether an expression can have given a tensor with this state."""
    operator = isinstance(value, (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp))
    if tensor.grad_fn is not None:
        if no_grad or _is_fresh(value) or called(value) in LEAVES_GRAPH:
            return False
        if isinstance(value, ast.Attribute) and value.attr == "data":
            return False
        if isinstance(value, ast.BinOp) and type(value.op) in _NODES:
            return tensor.grad_fn.name().startswith(_NODES[type(value.op)])
        return True
    if tensor.requires_grad:
        return not operator
    if isinstance(value, ast.Call):
        asks = keyword(value, "requires_grad") is True or called(value) == "requires_grad_"
        return not (asks or called(value) == "Parameter")
    return True


def _is_fresh(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and any(
        dotted(value.func) == f"torch.{name}" for name in _FRESH
    )


def _would_require_grad(origin: Origin, tensor: Tensor) -> bool:
    """Tell whether an operation was recorded, and so cannot have made a tensor without graph."""
    if (
        tensor.requires_grad
        or not isinstance(origin.value, ast.BinOp)
        or leaves_graph(origin.value)
    ):
        return False
    values = [origin.scope.value(n) for n in names_in(origin.value) if n != origin.target]
    return any(isinstance(v, Tensor) and v.requires_grad for v in values)


def leaves_graph(value: ast.AST) -> bool:
    """Tell whether an expression takes numbers or values out of the graph."""
    for node in ast.walk(value):
        if isinstance(node, ast.Attribute) and node.attr in ("data", *LEAVES_GRAPH):
            return True
        if isinstance(node, ast.Call) and dotted(node.func) in (
            "torch.tensor",
            "torch.Tensor",
            "torch.as_tensor",
            "torch.from_numpy",
            "float",
        ):
            return True
    return False
