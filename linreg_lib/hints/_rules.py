"""From an error's message to its diagnosis: one rule for each kind of error."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from linreg_lib.hints._backward import differentiated
from linreg_lib.hints._flow import assignments, names_in
from linreg_lib.hints._gradients import why_none
from linreg_lib.hints._modified import why_modified
from linreg_lib.hints._no_graph import why_no_graph
from linreg_lib.hints._second import why_second
from linreg_lib.hints._source import Place, text


@dataclass
class Diagnosis:
    """What a rule found: a pitfall (or a page where it is not certain which) and the cause."""

    pitfall: str | None
    happened: str
    cause: str | None = None
    page: str | None = None


Rule = Callable[[BaseException, re.Match, list[Place]], Diagnosis | None]
RULES: list[tuple[type[BaseException] | tuple, re.Pattern, Rule]] = []


def rule(types, *patterns: str):
    """Register a function for errors of these types whose message begins like this."""

    def register(function: Rule) -> Rule:
        for pattern in patterns:
            RULES.append((types, re.compile(pattern), function))
        return function

    return register


@rule(RuntimeError, r"a (view of a )?leaf Variable that requires grad is being used in an in-place")
def _leaf_in_place(error, match, places):
    place = places[0]
    node = place.node
    target = None
    if isinstance(node, ast.AugAssign):
        target = node.target
    elif isinstance(node, ast.BinOp):  # the instruction's position may leave the `=` out
        target = node.left
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        target = node.func.value
    elif isinstance(node, ast.Subscript):
        target = node.value
    cause = f"line {place.lineno} changes a parameter in place while autograd is recording."
    if target is not None:
        cause = f"line {place.lineno} changes `{text(target)}` in place while autograd records."
    return Diagnosis(
        "leaf-in-place",
        "A parameter (a leaf that requires grad) was changed in place where autograd records.",
        cause,
    )


@rule(RuntimeError, r"Trying to backward through the graph a second time")
def _second_backward(error, match, places):
    pitfall, cause = why_second(places)
    return Diagnosis(
        pitfall,
        "backward reached a part of a graph that an earlier backward has walked already; the "
        "tensors saved there are gone.",
        cause,
    )


@rule(RuntimeError, r"grad can be implicitly created only for scalar outputs")
def _non_scalar(error, match, places):
    loss = differentiated(places[0])
    value = places[0].value(loss)
    cause = None
    if loss is not None and isinstance(value, Tensor):
        cause = f"`{text(loss)}` has shape {tuple(value.shape)}: {value.numel()} elements."
    return Diagnosis(
        "non-scalar-backward", "backward was called on a tensor of many elements.", cause
    )


@rule(RuntimeError, r"element \d+ of tensors does not require grad and does not have a grad_fn")
def _no_graph(error, match, places):
    pitfall, cause = why_no_graph(places)
    happened = "backward was called on a loss that has no graph: nothing recorded it."
    return Diagnosis(pitfall, happened, cause, page="leaves-and-updates")


@rule(RuntimeError, r"one of the variables needed for gradient computation has been modified by")
def _modified(error, match, places):
    return Diagnosis(
        "saved-tensor-modified",
        "A tensor that the graph had saved for backward was changed in place afterwards.",
        why_modified(str(error), places),
    )


@rule(AttributeError, r"'NoneType' object has no attribute")
@rule(TypeError, r".*NoneType")
def _none_gradient(error, match, places):
    for place in places:
        tensor, name = _ungraded(place)
        if tensor is not None:
            pitfall, cause = why_none(tensor, places[places.index(place) :])
            return Diagnosis(pitfall, f"`{name}.grad` is None.", cause)
    return None


def _ungraded(place: Place) -> tuple[Tensor | None, str]:
    """Find the tensor whose missing gradient the failing expression used."""
    if place.node is None:
        return None, ""
    nodes = list(ast.walk(place.node))
    for name in names_in(place.node):
        if place.value(name) is None:  # a name that was given to a gradient earlier
            for origin in assignments(place.scope, name):
                if isinstance(origin.value, ast.Attribute):
                    nodes.append(origin.value)
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr == "grad":
            tensor = place.value(node.value)
            # Reading `.grad` of a tensor that is no leaf would warn, and give None.
            if isinstance(tensor, Tensor) and (
                not (tensor.is_leaf or tensor.retains_grad) or tensor.grad is None
            ):
                return tensor, text(node.value)
    return None, ""


@rule(AttributeError, r"'(Tensor|Parameter)' object has no attribute 'zero'")
def _zero(error, match, places):
    node = places[0].node
    cause = f"line {places[0].lineno}: `{text(node)}` lacks the underscore." if node else None
    return Diagnosis(
        "zero-without-underscore",
        "There is no `zero`; a trailing underscore marks what works in place: `zero_`.",
        cause,
    )


@rule(ValueError, r"can't optimize a non-leaf Tensor")
def _non_leaf_optimizer(error, match, places):
    place = places[0]
    for name, value in place.scope.names.items():
        used = place.node is not None and name in names_in(place.node)
        held = value if isinstance(value, (list, tuple)) else [value]
        for tensor in held:
            if used and isinstance(tensor, Tensor) and not tensor.is_leaf:
                pitfall, cause = why_none(tensor, places)
                return Diagnosis(pitfall, "An optimizer was given a tensor that is no leaf.", cause)
    return Diagnosis("not-a-leaf", "An optimizer was given a tensor that is no leaf.")


@rule(RuntimeError, r"Can't call numpy\(\) on Tensor that requires grad")
def _numpy(error, match, places):
    node = places[0].node
    cause = f"line {places[0].lineno}: `{text(node)}`." if node else None
    return Diagnosis(
        "numpy-requires-grad", "NumPy was asked for a tensor that requires grad.", cause
    )


@rule(RuntimeError, r"a Tensor with (\d+) elements cannot be converted to Scalar")
@rule(ValueError, r"only one element tensors can be converted to Python scalars")
def _item(error, match, places):
    node = places[0].node
    target = None
    if isinstance(node, ast.Call):
        is_method = isinstance(node.func, ast.Attribute) and node.func.attr == "item"
        target = node.func.value if is_method else (node.args[0] if node.args else None)
    value = places[0].value(target)
    cause = None
    if isinstance(value, Tensor):
        cause = f"`{text(target)}` has shape {tuple(value.shape)}: {value.numel()} elements."
    return Diagnosis("item-many", "One number was asked of a tensor of several elements.", cause)


@rule(RuntimeError, r"[Oo]nly Tensors of floating point (and complex )?dtype can require gradients")
def _integer(error, match, places):
    cause = f"line {places[0].lineno} asks an integer tensor for gradients."
    return Diagnosis("integer-parameters", "Integers cannot have gradients.", cause)


@rule(RuntimeError, r"result type Float can't be cast to the desired output type (Long|Int)")
def _integer_update(error, match, places):
    cause = f"line {places[0].lineno} puts a fraction into an integer tensor, in place."
    return Diagnosis("integer-parameters", "An integer tensor cannot take a small step.", cause)


@rule(
    RuntimeError,
    r"expected m1 and m2 to have the same dtype",
    r"mat1 and mat2 must have the same dtype",
    r"addmv input tensors must have the same dtype",
    r"dot : expected both vectors to have same dtype",
    r"expected scalar type \w+ but found \w+",
    r"Found dtype \w+ but expected \w+",
)
def _dtype(error, match, places):
    described = _operands(places[0], lambda t: f"is {str(t.dtype)[6:]}")
    return Diagnosis(
        "dtype-mismatch", "Two tensors of different dtypes met in one operation.", described
    )


@rule(
    RuntimeError,
    r"mat1 and mat2 shapes cannot be multiplied",
    r"size mismatch, got input",
    r"inconsistent tensor size, expected tensor",
    r"mat2 must be a matrix",
    r"vector \+ matrix @ vector expected",
    r"Expected size for first two dimensions of batch2 tensor",
    r"The size of tensor a \(\d+\) must match the size of tensor b \(\d+\) at non-singleton",
)
def _shape(error, match, places):
    described = _operands(places[0], lambda t: f"has shape {tuple(t.shape)}")
    return Diagnosis("shape-mismatch", "The shapes of two tensors do not fit.", described)


@rule(
    RuntimeError,
    r"Expected all tensors to be on the same device",
    r"Tensor on device \S+ is not on the expected device",
)
def _device(error, match, places):
    described = _operands(places[0], lambda t: f"is on {t.device}")
    return Diagnosis("device-mismatch", "Tensors of two devices met in one operation.", described)


def _operands(place: Place, describe: Callable[[Tensor], str]) -> str | None:
    """Name the tensors of the failing expression with what matters about each."""
    node = place.node
    if isinstance(node, ast.BinOp):
        parts: list[ast.expr] = [node.left, node.right]
    elif isinstance(node, ast.Call):
        owner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        parts = [*owner, *node.args]
    else:
        return None
    found = [
        f"`{text(part)}` {describe(value)}"
        for part in parts
        if isinstance(value := place.value(part), Tensor)
    ]
    return f"line {place.lineno}: " + ", ".join(found) + "." if found else None
