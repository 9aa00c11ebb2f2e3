"""Arithmetic element by element: + - * / ** and their gradients.

Elements are computed in double precision and rounded when stored: for + - * / that is exact.
"""

import math
from array import array

from torch._mini import modes
from torch._mini.dtypes import (
    BOOL,
    FLOAT,
    WHOLE,
    bool_,
    element,
    float32,
    float64,
    floating,
    int64,
    of_number,
    promote,
    single,
)
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, Saved, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast
from torch._mini.tensor import Tensor, make, method, spread, values

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
        return [element(x, kind)] * math.prod(shape)
    numbers = spread(x, shape)
    if x.dtype is not kind:
        numbers = converted(numbers, kind)
    return numbers


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
        return _rounded_quotient(input, other, rounding_mode)
    out = elementwise(divide, input, other, floating(input, other))
    if tracking(input, other):
        node = DivBackward0(input, other)
        node.keep(other=other) if isinstance(other, Tensor) else keep_number(node, other)
        if node.needs[1]:
            node.keep(self=input)
        attach(out, node)
    return out


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


# Powers ------------------------------------------------------------------------------------------


class PowBackward0(Node):
    """d(a ** number)."""

    saves = ("self",)

    def backward(self, g):
        k, x = self._saved_exponent, self.saved("self")
        if k == 0:
            return x.detach() * 0
        return g * scaled(x.pow(k - 1), k)


class PowBackward1(Node):
    """d(a ** b)."""

    saves = ("exponent", "result", "self")

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of a power with a tensor as exponent")
        x, k, y = self.saved("self"), self.saved("exponent"), self.saved("result")
        first = second = None
        if self.needs[1]:
            logs = make([math.log(v) if v > 0 else -inf for v in values(x)], x._shape, x.dtype)
            if any(v <= 0 for v in values(x)):
                refuse("the gradient in the exponent where the base is not positive")
            second = g * (y * logs)
        if self.needs[0]:
            first = g * (k * x.pow(k - 1))
        return first, second


class PowBackwardScalar(Node):
    """d(number ** a)."""

    saves = ("exponent", "result")

    def name(self):
        return "PowBackward2"

    def backward(self, g):
        base = self._saved_self
        self.saved("exponent")
        if base <= 0:
            refuse("the gradient of a power of a base that is not positive")
        return g * scaled(self.saved("result"), math.log(base))


def _powers(numbers: list, k, kind) -> list:
    """numbers ** k, in the steps in which PyTorch takes small exponents."""
    rounded = single if kind is float32 else float
    if kind.category != FLOAT:
        return [x**k for x in numbers]
    if k == 0:
        return [1.0] * len(numbers)
    if k == 1:
        return numbers
    if k == 2:
        return [x * x for x in numbers]
    if k == 3:
        return [rounded(x * x) * x for x in numbers]
    if k == 0.5:
        return [math.sqrt(x) if x >= 0 else nan for x in numbers]
    if k == -0.5:
        return [divide(1.0, rounded(math.sqrt(x))) if x >= 0 else nan for x in numbers]
    if k == -1:
        return [divide(1.0, x) for x in numbers]
    if k == -2:
        return [divide(1.0, rounded(x * x)) for x in numbers]
    return [power_of(x, k) for x in numbers]


def power_of(x, k):
    """x ** k for floating point numbers, without exceptions."""
    try:
        return math.pow(x, k)
    except ValueError:
        return nan if x < 0 else inf
    except OverflowError:
        return -inf if x < 0 and k % 2 == 1 else inf


def pow(input, exponent):
    if isinstance(exponent, Tensor):
        return _tensor_power(input, exponent)
    kind = promote(input, exponent)
    if kind is bool_:
        refuse("a power of truth values")
    if kind.category == WHOLE and exponent < 0:
        raise RuntimeError("Integers to negative integer powers are not allowed.")
    out = make_like(
        _powers(operand(input, kind, input._shape), exponent, kind), input._shape, kind, input
    )
    if tracking(input):
        attach(out, PowBackward0(input, exponent=exponent).keep(self=input))
    return out


def _tensor_power(base, exponent):
    kind = promote(base, exponent)
    if kind.category != FLOAT:
        numbers = values(exponent) if isinstance(exponent, Tensor) else [exponent]
        if kind is bool_ or any(k < 0 for k in numbers):
            refuse("this power of whole numbers")
        return elementwise(lambda x, k: x**k, base, exponent)
    out = elementwise(power_of, base, exponent)
    if tracking(base, exponent):
        if isinstance(base, Tensor):
            node = PowBackward1(base, exponent).keep(self=base, exponent=exponent)
        else:
            node = PowBackwardScalar(exponent, self=base).keep(exponent=exponent)
        attach(out, node, "result")
    return out


def square(input):
    return pow(input, 2)


# The operators -----------------------------------------------------------------------------------


def _operator(function, swapped=False):
    def operator(a, b):
        if isinstance(b, complex):
            refuse("complex numbers")
        if not isinstance(b, (Tensor, int, float)):
            return NotImplemented
        return function(b, a) if swapped else function(a, b)

    return operator


for _name, _function in {
    "add": add,
    "sub": sub,
    "mul": mul,
    "truediv": div,
    "floordiv": floor_divide,
    "mod": remainder,
    "pow": pow,
    "radd": lambda a, b: add(a, b),
    "rmul": lambda a, b: mul(a, b),
    "rsub": rsub,
    "rtruediv": lambda a, b: mul(a.reciprocal(), b),
    "rpow": lambda a, b: _tensor_power(b, a),
    "rfloordiv": lambda a, b: floor_divide(make([b], (), of_number(b)), a),
    "rmod": lambda a, b: remainder(make([b], (), of_number(b)), a),
}.items():
    _method = _operator(_function)
    _method.__name__ = f"__{_name}__"
    setattr(Tensor, _method.__name__, _method)
Tensor.__pos__ = lambda t: t

for _function in (add, sub, mul, div, floor_divide, remainder, pow, square):
    method(_function, _function.__name__)
for _old, _function in {
    "multiply": mul,
    "subtract": sub,
    "divide": div,
    "true_divide": div,
}.items():
    method(_function, _old)
