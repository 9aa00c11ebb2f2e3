"""Quotients rounded to whole numbers, and what is left over."""

import math

from torch._mini.dtypes import FLOAT, promote
from torch._mini.elementwise import divide, elementwise, inf, nan, shape_of
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast
from torch._mini.tensor import Tensor, values


def _rounded_quotient(input, other, mode):
    """div with rounding_mode "floor" or "trunc"."""
    if mode not in ("floor", "trunc"):
        raise RuntimeError(
            f"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{mode}'"
        )
    if tracking(input, other):
        refuse("the gradient of a rounded quotient")
    if mode == "floor":
        return floor_divide(input, other)
    kind = promote(input, other)
    if kind.category == FLOAT:
        return elementwise(
            lambda x, y: divide(x, y) if y == 0 else float(math.trunc(x / y)), input, other
        )
    _no_zero(other)
    return elementwise(
        lambda x, y: abs(x) // abs(y) * (1 if (x < 0) == (y < 0) else -1), input, other
    )


def floor_divide(input, other):
    if tracking(input, other):
        refuse("the gradient of //")
    kind = promote(input, other)
    if kind.category == FLOAT:
        return elementwise(_floor_quotient, input, other)
    broadcast(shape_of(input), shape_of(other))
    _no_zero(other)
    return elementwise(lambda x, y: x // y, input, other)


class RemainderBackward0(Node):
    """d of the remainder of a division by a number."""

    def backward(self, g):
        return g


def remainder(input, other):
    if tracking(other):
        refuse("the gradient of % in the divisor")
    kind = promote(input, other)
    if kind.category == FLOAT:
        out = elementwise(_remainder, input, other)
    else:
        broadcast(shape_of(input), shape_of(other))
        _no_zero(other)
        out = elementwise(lambda x, y: x % y, input, other)
    if tracking(input):
        if isinstance(other, Tensor):
            refuse("the gradient of % by a tensor")
        attach(out, RemainderBackward0(input))
    return out


def _remainder(x, y):
    """As C has it: a remainder of zero keeps the sign of x."""
    if y == 0 or x != x or y != y or x in (inf, -inf):
        return nan
    rest = math.fmod(x, y)
    return rest + y if rest and (rest < 0) != (y < 0) else rest


def _floor_quotient(x, y):
    return divide(x, y) if y == 0 else float(x // y)


def _no_zero(other):
    if any(v == 0 for v in (values(other) if isinstance(other, Tensor) else [other])):
        raise RuntimeError("ZeroDivisionError")
