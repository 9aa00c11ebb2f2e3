"""Errors of single operations: shapes, dtypes, devices, numbers."""

import ast

import torch
from torch import Tensor

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._frames import Place
from linreg_lib.hints._operands import calls_layer, many, operands, parts
from linreg_lib.hints._rules import rule
from linreg_lib.hints._source import text
from linreg_lib.hints._syntax import called
from linreg_lib.hints._values import requires_grad


@rule(RuntimeError, r"Can't call numpy\(\) on (Tensor|Variable) that requires grad")
def _numpy(error, match, places):
    place = places[0]
    if place.node is None:
        return Diagnosis("numpy", "numpy-requires-grad")
    facts = {"where": place.where, "code": text(place.node)}
    given = place.node.args if isinstance(place.node, ast.Call) else []
    lists = [part for part in given if isinstance(place.value(part), (list, tuple))]
    held = [part for part in lists if requires_grad(place.value(part))]
    if held:
        facts["name"] = text(held[0])
        return Diagnosis("numpy", "numpy-requires-grad", "list", facts)
    kind = "function" if _of_numpy(place) else "line"
    return Diagnosis("numpy", "numpy-requires-grad", kind, facts)


def _of_numpy(place: Place) -> bool:
    """Tell whether a function of NumPy was called, or an operator with an array."""
    node = place.node
    if isinstance(node, ast.Call):
        owner = place.value(node.func.value) if isinstance(node.func, ast.Attribute) else None
        called_numpy = getattr(owner, "__name__", "") == "numpy"
        return called_numpy and called(node) not in ("array", "asarray")
    return isinstance(node, ast.BinOp)


@rule(RuntimeError, r"a Tensor with (\d+) elements cannot be converted to Scalar")
@rule(ValueError, r"only one element tensors can be converted to Python scalars")
def _item(error, match, places):
    node = places[0].node
    target = None
    if called(node) in ("tensor", "Tensor", "FloatTensor", "as_tensor") and "one" in match[0]:
        return Diagnosis("item", "item-many", "join")
    if isinstance(node, ast.Call):
        is_method = called(node) == "item" and isinstance(node.func, ast.Attribute)
        target = node.func.value if is_method else (node.args[0] if node.args else None)
    kind, facts = many(places[0], target)
    return Diagnosis("item", "item-many", kind, facts)


@rule(RuntimeError, r"[Oo]nly Tensors of floating point (and complex )?dtype can require gradients")
def _integer(error, match, places):
    return Diagnosis("integer", "integer-parameters", "asks", {"where": places[0].where})


@rule(
    RuntimeError,
    r"result type (Float|Double) can't be cast to the desired output type (Long|Int|Short|Byte)",
)
def _integer_update(error, match, places):
    place = places[0]
    facts = {"where": place.where}
    changes = isinstance(place.statement, ast.AugAssign) or called(place.node).endswith("_")
    if not changes and isinstance(place.node, ast.Call):  # a loss, or an operation, of PyTorch
        described = operands(place, "dtype", lambda t: str(t.dtype)[6:])
        return _described("dtype", "dtype-mismatch", place, described, "whole")
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
    held = [places[0].value(part) for part in parts(places[0])]
    known = {value.dtype for value in held if isinstance(value, Tensor)}
    # Then the parameters are of another dtype: data in float32 need no conversion to it.
    mixed = known and {t.is_floating_point for t in known} == {True, False}
    whole = [text(part) for part in parts(places[0]) if _is_whole(places[0].value(part))]
    if mixed and whole:
        facts = {"where": places[0].where, "operands": described, "name": whole[0]}
        return Diagnosis("dtype", "dtype-mismatch", "integers", facts)
    narrow = known == {torch.float32} or (not known and "Float and Double" in str(error))
    kind = "parameters" if narrow else "operands"
    return _described("dtype", "dtype-mismatch", places[0], described, kind)


def _is_whole(value: object) -> bool:
    return isinstance(value, Tensor) and not value.is_floating_point()


def _described(
    happened: str, pitfall: str, place: Place, described: str | None, kind: str = "operands"
) -> Diagnosis:
    facts = {"where": place.where, "operands": described}
    if described is None:
        unknown = None if kind == "operands" else f"{kind}-unknown"
        return Diagnosis(happened, pitfall, unknown)
    return Diagnosis(happened, pitfall, kind, facts)


@rule(
    RuntimeError,
    r"mat1 and mat2 shapes cannot be multiplied",
    r"mat1 dim 1 must match mat2 dim 0",
    r"size mismatch, (got input|m1:)",
    r"inconsistent tensor size, expected tensor",
    r"(mat2|self) must be a matrix",
    r"1D tensors expected, but got",
    r"vector \+ matrix @ vector expected",
    r"Expected size for first two dimensions of batch2 tensor",
)
def _shape(error, match, places):
    place = places[0]
    described = operands(place, "shape", lambda t: str(tuple(t.shape)))
    held = [value for part in parts(place) if isinstance(value := place.value(part), Tensor)]
    weights = len(held) == 2 and held[0].dim() == 2 and held[1].requires_grad
    kind = "layer" if calls_layer(place) else "operands" if weights else "factors"
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
)
def _one_shape(error, match, places):
    described = operands(places[0], "shape", lambda t: str(tuple(t.shape)))
    return _described("shape", "shape-mismatch", places[0], described, "elementwise")


@rule(ValueError, r"Expected input batch_size \((\d+)\) to match target batch_size \((\d+)\)")
def _rows(error, match, places):
    facts = {"rows": match[1], "labels": match[2], "where": places[0].where}
    return Diagnosis("shape", "shape-mismatch", "rows", facts)


@rule(
    RuntimeError,
    r"Expected all tensors to be on the same device",
    r"Tensor on device \S+ is not on the expected device",
    r"[Ee]xpected device \S+ but got device",
    r"Expected object of (backend|device type) \S+ but got (backend|device type)",
    r"Input and (parameter|hidden) tensors are not (at|on) the same device",
    r"Input type \((torch\.cuda\.|MPS)\w+\) and \w+ type \(torch\.(?!cuda)",
    r"Input type \(torch\.(?!cuda)\w+\) and \w+ type \((torch\.cuda\.|MPS)",
)
def _device(error, match, places):
    described = operands(places[0], "device", lambda t: str(t.device))
    return _described("device", "device-mismatch", places[0], described)


@rule(TypeError, r"can't convert \S+ device type tensor to numpy")
def _to_numpy(error, match, places):
    return Diagnosis("to-numpy", "device-mismatch", "numpy")
