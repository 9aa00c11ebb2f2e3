"""Errors of autograd: leaves, gradients that are None, graphs."""

import ast

from torch import Tensor

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._events import backward_call, differentiated
from linreg_lib.hints._frames import Place
from linreg_lib.hints._gradients import missing_gradient, why_none
from linreg_lib.hints._modified import why_modified
from linreg_lib.hints._no_graph import why_no_graph, why_number
from linreg_lib.hints._operands import many
from linreg_lib.hints._rules import rule
from linreg_lib.hints._second import why_second
from linreg_lib.hints._source import text
from linreg_lib.hints._syntax import called
from linreg_lib.hints._values import MISSING


@rule(RuntimeError, r"a leaf Variable that requires grad (is being|has been) used in an in-place")
def _leaf_in_place(error, match, places):
    return _in_place(places[0], "leaf-in-place", "leaf-in-place")


@rule(
    RuntimeError,
    r"a view of a leaf Variable that requires grad is being used in an in-place",
    r"leaf variable has been moved into the graph interior",
)
def _view_in_place(error, match, places):
    return _in_place(places[0], "view-in-place", "view-of-leaf")


def _in_place(place: Place, happened: str, pitfall: str) -> Diagnosis:
    node = place.node
    target = None
    if isinstance(node, ast.AugAssign):
        target = node.target
    elif isinstance(node, ast.BinOp):  # the instruction's position may leave the `=` out
        target = node.left
    elif isinstance(node, ast.Call):
        target = _changed_by(node, place)
    elif isinstance(node, ast.Subscript):
        target = node
    facts = {"where": place.where, "name": text(target) if target is not None else ""}
    return Diagnosis(happened, pitfall, "named" if facts["name"] else "line", facts)


def _changed_by(call: ast.Call, place: Place) -> ast.expr | None:
    """Return what a call changes: its owner, `w.sub_(...)`, or what it is handed, `relu_(w)`."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    changed = [part for part in call.args if _is_parameter(place.value(part))]
    if _is_parameter(place.value(owner)):
        return owner
    if len(changed) == 1:
        return changed[0]
    # A view without a name: `w[0].fill_(1)`.
    return owner if called(call).endswith("_") and place.value(owner) is MISSING else None


def _is_parameter(value: object) -> bool:
    return isinstance(value, Tensor) and value.requires_grad


@rule(RuntimeError, r"Trying to backward through the graph a second time")
def _second_backward(error, match, places):
    return Diagnosis("second", *why_second(places), topic="graph-lifetime")


@rule(RuntimeError, r"grad can be (implicitly )?created only for (real )?scalar outputs")
def _non_scalar(error, match, places):
    loss = differentiated(backward_call(places[0]))
    return Diagnosis("non-scalar", "non-scalar-backward", *many(places[0], loss))


@rule(RuntimeError, r"element \d+ of (tensors|variables) (does not require grad|tuple is volatile)")
def _no_graph(error, match, places):
    return Diagnosis("no-graph", *why_no_graph(places), topic="leaves-and-updates")


@rule(RuntimeError, r"one of the variables needed for gradient computation has been modified by")
def _modified(error, match, places):
    return Diagnosis("modified", *why_modified(str(error), places))


@rule(AttributeError, r"'NoneType' object has no attribute '(?P<attribute>\w+)'")
@rule(TypeError, r".*NoneType.*")
def _none_gradient(error, match, places):
    node = places[0].node
    if "not callable" in match[0] and called(node) == "grad":
        return Diagnosis("no-method", facts={"name": "grad"})
    attribute = match.groupdict().get("attribute")
    clears = attribute in ("zero_", "detach_")
    if attribute == "data" and places[0].statement is not None:  # `w.grad.data.zero_()`
        clears = "zero_(" in text(places[0].statement)
    for index, place in enumerate(places):
        for tensor, name in missing_gradient(place):
            pitfall, kind, facts = why_none(tensor, places[index:], name)
            if kind == "never" and not clears:
                kind = "early"
            return Diagnosis(
                "none", pitfall, kind, facts | {"name": name}, topic="leaves-and-updates"
            )
        if place.node is not None and not isinstance(place.node, ast.Call):
            return None  # the failing operation is the reader's own, and no gradient takes part
    return None


@rule(AttributeError, r"'(Tensor|Parameter)' object has no attribute 'zero'")
def _zero(error, match, places):
    place = places[0]
    facts = {"where": place.where, "code": text(place.node) if place.node else ""}
    return Diagnosis("zero", "zero-without-underscore", "line" if place.node else None, facts)


@rule(AttributeError, r"'(float|int|numpy\.\w+)' object has no attribute 'backward'")
def _no_backward(error, match, places):
    kind, facts = why_number(places[0])
    return Diagnosis("no-backward", "item-then-backward", kind, facts) if kind else None
