"""Errors of operators and of plain Python with things of PyTorch: sums, ranges, loops."""

import ast

from torch import Tensor, nn

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._frames import passed_through
from linreg_lib.hints._operands import parts
from linreg_lib.hints._rules import rule
from linreg_lib.hints._rules_objects import cure_for
from linreg_lib.hints._source import text

_METHOD = "'(builtin_function_or_method|method|function)'"


@rule(
    TypeError,
    rf"(unsupported operand type|bad operand type|'[<>=]+' not supported between).*{_METHOD}",
    rf"{_METHOD} object is not (iterable|subscriptable)",
    r"cannot unpack non-iterable (builtin_function_or_method|method|function) object",
)
@rule(AttributeError, rf"{_METHOD} object has no attribute")
def _not_called(error, match, places):
    return Diagnosis("not-called")


_OPERANDS = r"unsupported operand type\(s\) for (?P<sign>\S+?)( or pow\(\))?: "


@rule(TypeError, _OPERANDS + r"'(?P<left>[\w.]+)' and '(?P<right>[\w.]+)'")
def _mixed(error, match, places):
    """A tensor and something that it does not calculate with."""
    sides = [match["left"], match["right"]]
    others = [side for side in sides if side not in ("Tensor", "Parameter")]
    if len(others) != 1 or others[0] in ("NoneType", "builtin_function_or_method", "method"):
        return None
    kind = others[0]
    facts = {"sign": match["sign"].rstrip("="), "kind": kind}
    if kind in ("int", "float") and facts["sign"] == "@":
        return Diagnosis("number-factor", None, "number-factor")
    held = [places[0].value(part) for part in parts(places[0])]
    if any(isinstance(value, nn.Module) for value in held):
        return Diagnosis("mixed", None, "is-module", facts)
    cure = "is-text" if kind == "str" else cure_for(kind)
    return Diagnosis("mixed", None, cure if kind not in ("int", "float") else None, facts)


@rule(TypeError, r"only integer tensors of a single element can be converted to an index")
def _repeated(error, match, places):
    """A list that a tensor multiplies or indexes: Python takes the tensor for a whole number."""
    place = places[0]
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        if any(isinstance(place.value(part), str) for part in parts(place)):
            return Diagnosis("mixed", None, "is-text", {"sign": "*", "kind": "str"})
        return Diagnosis("list-times", None, "is-list")
    if isinstance(node, ast.Subscript):
        return Diagnosis("list-index", None, "list-index")
    return None


@rule(TypeError, r"'(?P<kind>float|str)' object cannot be interpreted as an integer")
def _not_whole(error, match, places):
    return Diagnosis("not-whole", None, "not-whole", match.groupdict())


@rule(TypeError, r"'(?P<kind>int|float)' object is not iterable")
def _counted(error, match, places):
    """A number in place of what a loop goes over: `for epoch in num_epochs`."""
    loop = places[0].statement
    if not isinstance(loop, ast.For) or loop.lineno != places[0].lineno:
        return None
    value = places[0].value(loop.iter)
    counts = isinstance(loop.iter, ast.Call) and getattr(loop.iter.func, "id", "") == "len"
    if type(value) not in (int, float) and not counts:
        return None
    facts = {"kind": match["kind"], "code": text(loop.iter)}
    return Diagnosis("counted", None, "counted" if match["kind"] == "int" else None, facts)


@rule(TypeError, r"list indices must be integers or slices, not str")
def _groups(error, match, places):
    node = places[0].node
    if isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "param_groups":
        return Diagnosis("param-groups", None, "param-groups")
    return None


@rule(
    TypeError,
    r"'[<>]=?' not supported between instances of '(str|float|int)' and '(str|float|int)'",
)
def _text_setting(error, match, places):
    if "'str'" in match[0] and passed_through(error, "torch", "optim"):
        return Diagnosis("text-number", None, "text-number")
    return None


@rule(TypeError, r"can't multiply sequence by non-int of type 'float'")
def _multiplied(error, match, places):
    """Gradients, or losses, in a list or tuple that a number multiplies."""
    for part in parts(places[0]):
        value = places[0].value(part)
        if isinstance(value, (list, tuple)) and value and isinstance(value[0], Tensor):
            cure = "is-tuple" if isinstance(value, tuple) else "is-list"
            return Diagnosis("list-times", None, cure)
    return None


@rule(ValueError, r"(not enough|too many) values to unpack \(expected (?P<wanted>\d+)")
def _sizes(error, match, places):
    """Another number of sizes than a shape has: `n, d = y.shape`."""
    statement = places[0].statement
    shape = statement.value if isinstance(statement, ast.Assign) else None
    if not isinstance(shape, ast.Attribute) or shape.attr != "shape":
        return None
    value = places[0].value(shape.value)
    if not hasattr(value, "ndim"):
        return None
    facts = {"name": text(shape.value), "shape": tuple(value.shape), "wanted": match["wanted"]}
    return Diagnosis("sizes", None, "sizes", facts)


@rule(IndexError, r"tuple index out of range")
def _shape_index(error, match, places):
    """A size that a shape does not have: `X.shape[1]` of one dimension."""
    node = places[0].node
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Attribute):
        return None
    value = places[0].value(node.value.value)
    if node.value.attr != "shape" or not hasattr(value, "ndim"):
        return None
    facts = {"name": text(node.value.value), "shape": tuple(value.shape), "code": text(node)}
    return Diagnosis("shape-index", None, "shape-index", facts)


@rule(TypeError, r"new\(\): invalid data type 'str'")
@rule(IndexError, r"only integers, slices .* are valid indices")
def _index_kind(error, match, places):
    node = places[0].node
    if isinstance(node, ast.Subscript) and isinstance(places[0].value(node.value), Tensor):
        return Diagnosis("index-kind")
    return Diagnosis("no-numbers") if isinstance(error, TypeError) else None
