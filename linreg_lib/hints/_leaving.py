"""Which operations leave the graph, and how."""

import ast

from linreg_lib.hints._assignments import Origin
from linreg_lib.hints._makers import LEAVES_GRAPH
from linreg_lib.hints._source import Scope
from linreg_lib.hints._syntax import called, dotted, keyword
from linreg_lib.hints._values import tensors_in

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
_COPIES = {"detach", "clone", "float", "double", "to", "cpu"}
_WITH_INDICES = {"max", "min", "topk", "sort", "median", "mode"}


def lost_here(value: ast.AST) -> tuple[str, str] | None:
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


def is_gradient(value: ast.AST) -> bool:
    """Tell whether an expression is a gradient that has no graph of its own."""
    if isinstance(value, ast.Attribute):
        return value.attr == "grad"
    asked = called(value) == "grad" and dotted(value.func) in ("torch.autograd.grad", "grad")
    return (asked or dotted(getattr(value, "func", None)) == "autograd.grad") and (
        keyword(value, "create_graph") is not True
    )


def copies_parameter(value: ast.AST, scope: Scope) -> bool:
    """Tell whether an expression is a detached copy of a parameter: `w.detach().clone()`."""
    source = None
    if isinstance(value, ast.ListComp):
        source, value = value.generators[0].iter, value.elt
    taken = False
    while called(value) in _COPIES or (isinstance(value, ast.Attribute) and value.attr == "data"):
        taken = taken or called(value) in ("detach", "")
        inner = value.func if isinstance(value, ast.Call) else value
        value = getattr(inner, "value", None)
    held = list(tensors_in(scope.value(source if source is not None else value)))
    return taken and bool(held) and all(t.is_leaf and t.requires_grad for t in held)


def picks_indices(origin: Origin) -> bool:
    """Tell whether a name is given the second of `values, indices = x.max(dim)`."""
    if not origin.part or called(origin.value) not in _WITH_INDICES:
        return False
    for target in getattr(origin.statement, "targets", []):
        if isinstance(target, ast.Tuple) and len(target.elts) == 2:
            return dotted(target.elts[1]) == origin.target
    return False


def takes_out(value: ast.expr) -> bool:
    lost = [lost_here(node) for node in ast.walk(value)]
    return ("rebuilt-from-numbers", "numbers") in lost
