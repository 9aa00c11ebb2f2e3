"""Arithmetic element by element: + - * / ** and their gradients.

Elements are computed in double precision and rounded when stored: for + - * / that is exact.
"""

import math
from array import array

from torch._mini.dtypes import (
    BOOL,
    FLOAT,
    WHOLE,
    bool_,
    element,
    float64,
    floating,
    int64,
    promote,
)
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, Saved, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast
from torch._mini.tensor import Tensor, make, spread

inf, nan = math.inf, math.nan


def divide(a, b):
    """a / b as IEEE 754 has it."""
    try:
        return a / b
    except ZeroDivisionError:
        if a == 0 or a != a:
            return nan
        return math.copysign(inf, a) * math.copysign(1.0, b)


def operand(x, kind, shape) -> list:
    """The elements of an operand in the dtype that the operation computes in."""
    if not isinstance(x, Tensor):
        return [_constant(x, kind)] * math.prod(shape)
    numbers = spread(x, shape)
    if x.dtype is not kind:
        numbers = converted(numbers, kind)
    return numbers


def _constant(x, kind):
    """A Python number in the dtype that an operation computes in: it keeps its last bits there."""
    if kind.category == WHOLE and isinstance(x, int):
        if not -(2**63) <= x < 2**63:
            raise OverflowError("int too big to convert")
        return _wrapped(x, kind)
    return element(x, kind)


def converted(numbers: list, kind) -> list:
    """Numbers as elements of another dtype."""
    if kind.category == FLOAT:
        return array(kind.code, map(float, numbers)).tolist()
    if kind.category == BOOL:
        return [number != 0 for number in numbers]
    return [_wrapped(number, kind) for number in numbers]


def _wrapped(number, kind) -> int:
    """A number as C converts it to a whole number of fewer bits."""
    if number != number or number in (inf, -inf) or not -(2**63) <= number < 2**63:
        refuse("a number beyond whole numbers as one")
    bits = 8 * kind.itemsize
    number = int(number) % 2**bits
    return number - 2**bits if kind.is_signed and number >= 2 ** (bits - 1) else number


def shape_of(x) -> tuple:
    """A tensor's shape; a number has none."""
    return x._shape if isinstance(x, Tensor) else ()


def elementwise(function, a, b, kind=None, result=None) -> Tensor:
    """Apply a function of two numbers; computed in `kind`, stored in `result`."""
    kind = kind or promote(a, b)
    shape = broadcast(shape_of(a), shape_of(b))
    numbers = map(function, operand(a, kind, shape), operand(b, kind, shape))
    return make_like(list(numbers), shape, result or kind, a, b)


def is_number(x) -> bool:
    """A Python number that an operation takes."""
    return isinstance(x, (int, float))


# Sums and differences ----------------------------------------------------------------------------


class AddBackward0(Node):
    """d(a + alpha b)."""

    def backward(self, g):
        alpha = self._saved_alpha
        second = (g if alpha == 1 else g * alpha) if self.needs[1] else None
        return (g if self.needs[0] else None, second)


class SubBackward0(Node):
    """d(a - alpha b)."""

    def backward(self, g):
        alpha = self._saved_alpha
        second = (-g if alpha == 1 else -g * alpha) if self.needs[1] else None
        return (g if self.needs[0] else None, second)


class RsubBackward1(Node):
    """d(number - a)."""

    def backward(self, g):
        return -g


def add(input, other, *, alpha=1):
    kind = promote(input, other)
    if alpha == 1:
        if kind is bool_:
            out = elementwise(lambda x, y: x or y, input, other)
        else:
            out = elementwise(lambda x, y: x + y, input, other)
    else:
        k = _alpha(alpha, kind)
        out = elementwise(lambda x, y: x + k * y, input, other)
    if tracking(input, other):
        attach(out, AddBackward0(input, other, alpha=alpha))
    return out


def sub(input, other, *, alpha=1):
    no_truth_values(input, other)
    if alpha == 1:
        out = elementwise(lambda x, y: x - y, input, other)
    else:
        k = _alpha(alpha, promote(input, other))
        out = elementwise(lambda x, y: x - k * y, input, other)
    if tracking(input, other):
        attach(out, SubBackward0(input, other, alpha=alpha))
    return out


def _alpha(alpha, kind):
    if kind.category != FLOAT and isinstance(alpha, float):
        raise RuntimeError(
            "For integral input tensors, argument alpha must not be a floating point number."
        )
    return element(alpha, kind)


def rsub(input, other, *, alpha=1):
    """other - input, where other is a number."""
    if alpha != 1:
        refuse("rsub with alpha")
    no_truth_values(other, input)
    if isinstance(other, Tensor):
        return sub(other, input)
    out = elementwise(lambda x, y: x - y, other, input)
    if tracking(input):
        attach(out, RsubBackward1(input, alpha=1))
    return out


def no_truth_values(a, b):
    """Differences of truth values have no meaning, PyTorch says."""
    both = promote(a, b) is bool_
    if both or any(
        isinstance(x, bool) or (isinstance(x, Tensor) and x.dtype is bool_) for x in (a, b)
    ):
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. "
            "Use the `^` or `logical_xor()` operator instead."
            if both
            else "Subtraction, the `-` operator, with a bool tensor is not supported. If you are "
            "trying to invert a mask, use the `~` or `logical_not()` operator instead."
        )


# Products and quotients --------------------------------------------------------------------------


def keep_number(node, number):
    """A Python number is saved as a tensor without dimensions."""
    kind = float64 if isinstance(number, float) else bool_ if isinstance(number, bool) else int64
    node._kept["other"] = Saved(make([number], (), kind))
    node.number = number


class MulBackward0(Node):
    """d(a b)."""

    saves = ("other", "self")
    number = None

    def backward(self, g):
        first = second = None
        if self.needs[1]:  # PyTorch takes derivatives in the order of the arguments' names
            second = g * self.saved("self")
        if self.needs[0]:
            other = self.saved("other")  # raises where it has been freed, a number too
            first = g * (other if self.number is None else self.number)
        return first, second


class DivBackward0(Node):
    """d(a / b)."""

    saves = ("other", "self")
    number = None

    def backward(self, g):
        other = self.saved("other")
        other = other if self.number is None else self.number
        second = -g * ((self.saved("self") / other) / other) if self.needs[1] else None
        first = g / other if self.needs[0] else None
        return first, second


def mul(input, other):
    out = elementwise(lambda x, y: x * y, input, other)
    if tracking(input, other):
        node = MulBackward0(input, other)
        if node.needs[0]:
            node.keep(other=other) if isinstance(other, Tensor) else keep_number(node, other)
        if node.needs[1]:
            node.keep(self=input)
        attach(out, node)
    return out


class MulBackward1(Node):
    """d of a product with a number, as PyTorch's own derivatives contain it."""

    def backward(self, g):
        return scaled(g, self._saved_other)


def scaled(t, number):
    """t * number within a derivative: PyTorch saves no tensor for the number there."""
    out = elementwise(lambda x, y: x * y, t, number)
    if tracking(t):
        attach(out, MulBackward1(t, other=number))
    return out


class DivBackward1(Node):
    """d of a quotient by a number within a derivative."""

    def backward(self, g):
        return shared_out(g, self._saved_other)


def shared_out(t, number):
    """t / number within a derivative."""
    out = elementwise(divide, t, number)
    if tracking(t):
        attach(out, DivBackward1(t, other=number))
    return out


class AddBackward1(Node):
    """d of a sum with a number within a derivative."""

    def backward(self, g):
        return g


def shifted(t, number):
    """t + number within a derivative."""
    out = elementwise(lambda x, y: x + y, t, number)
    if tracking(t):
        attach(out, AddBackward1(t))
    return out


def div(input, other, *, rounding_mode=None):
    if rounding_mode is not None:
        from torch._mini.remainders import _rounded_quotient

        return _rounded_quotient(input, other, rounding_mode)
    out = elementwise(divide, input, other, floating(input, other))
    if tracking(input, other):
        node = DivBackward0(input, other)
        node.keep(other=other) if isinstance(other, Tensor) else keep_number(node, other)
        if node.needs[1]:
            node.keep(self=input)
        attach(out, node)
    return out
