"""Powers and their gradients."""

import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT, WHOLE, bool_, float32, promote, single
from torch._mini.elementwise import divide, elementwise, inf, nan, operand, scaled
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor, make, values


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
