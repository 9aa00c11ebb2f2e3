"""From an error's message to its diagnosis: one rule for each kind of error."""

import ast
import re
from collections.abc import Callable

import torch
from torch import Tensor

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._events import backward_call, differentiated
from linreg_lib.hints._frames import Place
from linreg_lib.hints._gradients import missing_gradient, why_none
from linreg_lib.hints._modified import why_modified
from linreg_lib.hints._modules import why_empty
from linreg_lib.hints._no_graph import why_no_graph, why_number
from linreg_lib.hints._operands import calls_layer, operands
from linreg_lib.hints._second import why_second
from linreg_lib.hints._source import text
from linreg_lib.hints._syntax import called, names_in
from linreg_lib.hints._values import tensors_in

LEAVES, SHAPES = "leaves-and-updates", "shapes-and-dtypes"
Rule = Callable[[BaseException, re.Match, list[Place]], Diagnosis | None]
RULES: list[tuple[type[BaseException] | tuple, re.Pattern, Rule]] = []


def rule(types, *patterns: str):
    """Register a function for errors of these types whose message begins like this."""

    def register(function: Rule) -> Rule:
        for pattern in patterns:
            RULES.append((types, re.compile(pattern), function))
        return function

    return register


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
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        target = node.func.value
    elif isinstance(node, ast.Subscript):
        target = node
    facts = {"where": place.where, "name": text(target) if target is not None else ""}
    return Diagnosis(happened, pitfall, "named" if facts["name"] else "line", facts)


@rule(RuntimeError, r"Trying to backward through the graph a second time")
def _second_backward(error, match, places):
    return Diagnosis("second", *why_second(places))


@rule(RuntimeError, r"grad can be (implicitly )?created only for (real )?scalar outputs")
def _non_scalar(error, match, places):
    loss = differentiated(backward_call(places[0]))
    return Diagnosis("non-scalar", "non-scalar-backward", *_many(places[0], loss))


def _many(place: Place, expression: ast.expr | None) -> tuple[str | None, dict]:
    """Return the kind and the facts of a tensor of too many elements."""
    value = place.value(expression)
    if not isinstance(value, Tensor):
        return None, {}
    shape = tuple(value.shape)
    return "many", {"name": text(expression), "shape": shape, "count": value.numel()}


@rule(RuntimeError, r"element \d+ of (tensors|variables) does not require grad")
def _no_graph(error, match, places):
    return Diagnosis("no-graph", *why_no_graph(places), topic=LEAVES)


@rule(RuntimeError, r"one of the variables needed for gradient computation has been modified by")
def _modified(error, match, places):
    return Diagnosis("modified", *why_modified(str(error), places))


@rule(AttributeError, r"'NoneType' object has no attribute '(?P<attribute>\w+)'")
@rule(TypeError, r".*NoneType")
def _none_gradient(error, match, places):
    clears = match.groupdict().get("attribute") in ("zero_", "data", "detach_")
    for index, place in enumerate(places):
        for tensor, name in missing_gradient(place):
            pitfall, kind, facts = why_none(tensor, places[index:], name)
            if kind == "never" and not clears:
                kind = "early"
            return Diagnosis("none", pitfall, kind, facts | {"name": name}, topic=LEAVES)
        if place.node is not None and not isinstance(place.node, ast.Call):
            return None  # the failing operation is the reader's own, and no gradient takes part
    return None


@rule(AttributeError, r"'(Tensor|Parameter)' object has no attribute 'zero'")
def _zero(error, match, places):
    place = places[0]
    facts = {"where": place.where, "code": text(place.node) if place.node else ""}
    return Diagnosis("zero", "zero-without-underscore", "line" if place.node else None, facts)


@rule(ValueError, r"can't optimize a non-leaf (Tensor|Variable)")
def _non_leaf_optimizer(error, match, places):
    place = places[0]
    for name in sorted(names_in(place.node)) if place.node is not None else []:
        for tensor in tensors_in(place.value(name)):
            if not tensor.is_leaf:
                pitfall, kind, facts = why_none(tensor, places, name)
                return Diagnosis("non-leaf", pitfall, kind, facts, topic=LEAVES)
    return Diagnosis("non-leaf", "not-a-leaf")


@rule(RuntimeError, r"Can't call numpy\(\) on (Tensor|Variable) that requires grad")
def _numpy(error, match, places):
    return _code("numpy", "numpy-requires-grad", places[0])


def _code(happened: str, pitfall: str, place: Place) -> Diagnosis:
    if place.node is None:
        return Diagnosis(happened, pitfall)
    facts = {"where": place.where, "code": text(place.node)}
    return Diagnosis(happened, pitfall, "line", facts)


@rule(RuntimeError, r"a Tensor with (\d+) elements cannot be converted to Scalar")
@rule(ValueError, r"only one element tensors can be converted to Python scalars")
def _item(error, match, places):
    node = places[0].node
    target = None
    if isinstance(node, ast.Call):
        is_method = called(node) == "item" and isinstance(node.func, ast.Attribute)
        target = node.func.value if is_method else (node.args[0] if node.args else None)
    kind, facts = _many(places[0], target)
    return Diagnosis("item", "item-many", kind, facts)


@rule(RuntimeError, r"[Oo]nly Tensors of floating point (and complex )?dtype can require gradients")
def _integer(error, match, places):
    return Diagnosis("integer", "integer-parameters", "asks", {"where": places[0].where})


@rule(
    RuntimeError,
    r"result type (Float|Double) can't be cast to the desired output type (Long|Int|Short|Byte)",
)
def _integer_update(error, match, places):
    facts = {"where": places[0].where}
    return Diagnosis("integer-update", "integer-parameters", "update", facts)


@rule(
    RuntimeError,
    r"expected m1 and m2 to have the same dtype",
    r"mat1 and mat2 must have the same dtype",
    r"addmv input tensors must have the same dtype",
    r"dot : expected both vectors to have same dtype",
    r"expected scalar type \w+ but found \w+",
    r"expected dtype \w+ but got dtype \w+",
    r"Expected object of (scalar )?type \S+ but (got|found) (scalar )?type",
    r"Found dtype \w+ but expected \w+",
    r"Input type \((?:torch\.)?\w+\) and (weight|bias) type \((?:torch\.)?\w+\) should be the same",
)
def _dtype(error, match, places):
    described = operands(places[0], "dtype", lambda t: str(t.dtype)[6:])
    return _described("dtype", "dtype-mismatch", places[0], described)


def _described(
    happened: str, pitfall: str, place: Place, described: str | None, kind: str = "operands"
) -> Diagnosis:
    facts = {"where": place.where, "operands": described}
    return Diagnosis(happened, pitfall, kind if described else f"{kind}-unknown", facts)


@rule(
    RuntimeError,
    r"mat1 and mat2 shapes cannot be multiplied",
    r"mat1 dim 1 must match mat2 dim 0",
    r"size mismatch, (got input|m1:)",
    r"inconsistent tensor size, expected tensor",
    r"mat2 must be a matrix",
    r"1D tensors expected, but got",
    r"vector \+ matrix @ vector expected",
    r"Expected size for first two dimensions of batch2 tensor",
)
def _shape(error, match, places):
    place = places[0]
    described = operands(place, "shape", lambda t: str(tuple(t.shape)))
    kind = "layer" if calls_layer(place) else "operands"
    return _described("shape", "shape-mismatch", place, described, kind)


@rule(
    RuntimeError,
    r"The size of tensor a \(\d+\) must match the size of tensor b \(\d+\) at non-singleton",
    r"The expanded size of the tensor \(\d+\) must match the existing size",
)
@rule(
    ValueError,
    r"Using a target size \(.*\) that is different to the input size",
    r"Target size \(.*\) must be the same as input size",
    r"Expected input batch_size \(\d+\) to match target batch_size",
)
def _one_shape(error, match, places):
    described = operands(places[0], "shape", lambda t: str(tuple(t.shape)))
    return _described("shape", "shape-mismatch", places[0], described, "elementwise")


@rule(
    RuntimeError,
    r"Expected all tensors to be on the same device",
    r"Tensor on device \S+ is not on the expected device",
    r"[Ee]xpected device \S+ but got device",
    r"Expected object of (backend|device type) \S+ but got (backend|device type)",
    r"Input and (parameter|hidden) tensors are not (at|on) the same device",
    r"Input type \(torch\.cuda\.\w+\) and (weight|bias) type \(torch\.\w+\) should be the same",
)
def _device(error, match, places):
    described = operands(places[0], "device", lambda t: str(t.device))
    return _described("device", "device-mismatch", places[0], described)


@rule(AttributeError, r"'(float|int|numpy\.\w+)' object has no attribute 'backward'")
def _no_backward(error, match, places):
    kind, facts = why_number(places[0])
    return Diagnosis("no-backward", "item-then-backward", kind, facts) if kind else None


@rule(
    TypeError, r"cannot assign '\S+' as parameter '(\w+)' \(torch\.nn\.Parameter or None expected"
)
def _assigned(error, match, places):
    place = places[0]
    statement = place.statement
    facts = {"name": match[1], "where": place.where}
    if isinstance(statement, ast.Assign):
        facts["target"] = text(statement.targets[0])
        return Diagnosis("assigned", "assign-to-parameter", "assigned", facts)
    return Diagnosis("assigned", "assign-to-parameter", "line", facts)


@rule(ValueError, r"optimizer got an empty parameter list")
def _empty(error, match, places):
    return Diagnosis("empty", *why_empty(places[0]), topic="modules-and-optimizers")


@rule(TypeError, r"params argument given to the optimizer should be an iterable")
def _params(error, match, places):
    return Diagnosis("params", topic="modules-and-optimizers")


@rule(TypeError, r"'\w+' object is not iterable")
def _not_iterable(error, match, places):
    node = places[0].node
    made = places[0].value(node.func) if isinstance(node, ast.Call) else None
    if isinstance(made, type) and issubclass(made, torch.optim.Optimizer):
        return Diagnosis("params", topic="modules-and-optimizers")
    return None


# Errors whose kind says all that is certain.
GENERAL = [
    (TypeError, r"assigned grad expected to be a Tensor", "grad-assigned", None, LEAVES),
    (
        RuntimeError,
        r"(The|One of the) differentiated Tensors?( at index \d+)? appears? to not have been used",
        "unused",
        "unused",
        LEAVES,
    ),
    (
        RuntimeError,
        r"One of the differentiated Tensors does not require grad",
        "not-asked",
        None,
        LEAVES,
    ),
    (RuntimeError, r"Inference tensors cannot be saved", "inference", "inference", LEAVES),
    (
        RuntimeError,
        r"you can only change requires_grad flags of leaf variables",
        "flag",
        "flag",
        LEAVES,
    ),
    (
        RuntimeError,
        r"mean\(\): (could not infer output dtype|input dtype should be)",
        "mean-of-integers",
        None,
        SHAPES,
    ),
    (RuntimeError, r"Can only calculate the mean of floating", "mean-of-integers", None, SHAPES),
    (RuntimeError, r"expected target dtype to be Long", "class-labels", None, SHAPES),
    (RuntimeError, r"0D or 1D target tensor expected", "class-labels", None, SHAPES),
    (
        TypeError,
        r"(linear|conv\dd)\(\): argument 'input' \(position 1\) must be Tensor, not (numpy|list)",
        "not-a-tensor",
        None,
        SHAPES,
    ),
    (TypeError, r"can't convert \S+ device type tensor to numpy", "to-numpy", None, SHAPES),
]


def _certain(happened: str, kind: str | None, topic: str) -> Rule:
    return lambda error, match, places: Diagnosis(happened, None, kind, topic=topic)


for types, pattern, happened, kind, topic in GENERAL:
    rule(types, pattern)(_certain(happened, kind, topic))
