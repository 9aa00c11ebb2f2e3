"""Questions: comparisons, logic, bits; truth values without history."""

import math

from torch._mini import dtypes
from torch._mini.dtypes import FLOAT, WHOLE, bool_, promote
from torch._mini.elementwise import elementwise, inf
from torch._mini.layouts import make_like
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor, make, method, values


def _question(name, ask):
    def function(input):
        return make_like([ask(x) for x in values(input)], input._shape, bool_, input)

    function.__name__ = name
    return method(function, name)


isnan = _question("isnan", lambda x: x != x)
isinf = _question("isinf", lambda x: x in (inf, -inf))
isfinite = _question("isfinite", math.isfinite)
logical_not = _question("logical_not", lambda x: not x)


def _comparison(name, ask):
    def function(input, other):
        if isinstance(other, complex):
            refuse("complex numbers")
        if not isinstance(other, (Tensor, int, float)):
            return NotImplemented
        return elementwise(ask, input, other, result=bool_)

    function.__name__ = name
    setattr(Tensor, f"__{name}__", function)
    return method(function, name)


eq = _comparison("eq", lambda x, y: x == y)
ne = _comparison("ne", lambda x, y: x != y)
lt = _comparison("lt", lambda x, y: x < y)
le = _comparison("le", lambda x, y: x <= y)
gt = _comparison("gt", lambda x, y: x > y)
ge = _comparison("ge", lambda x, y: x >= y)


def _bitwise(name, compute, sign):
    def function(input, other):
        if not isinstance(other, (Tensor, int)):
            return NotImplemented
        if promote(input, other).category == FLOAT:
            kind = promote(input, other)
            raise NotImplementedError(f"\"bitwise_{name}_cpu\" not implemented for '{kind.word}'")
        return elementwise(compute, input, other)

    function.__name__ = f"bitwise_{name}"
    setattr(Tensor, f"__{name}__", function)
    setattr(Tensor, f"__r{name}__", function)
    return method(function, f"bitwise_{name}")


bitwise_and = _bitwise("and", lambda x, y: x & y, "&")
bitwise_or = _bitwise("or", lambda x, y: x | y, "|")
bitwise_xor = _bitwise("xor", lambda x, y: x ^ y, "^")


def _logical(name, compute):
    def function(input, other):
        return elementwise(lambda x, y: compute(bool(x), bool(y)), input, other, result=bool_)

    function.__name__ = f"logical_{name}"
    return method(function, f"logical_{name}")


logical_and = _logical("and", lambda x, y: x and y)
logical_or = _logical("or", lambda x, y: x or y)
logical_xor = _logical("xor", lambda x, y: x != y)


def _invert(t):
    if t.dtype.category == FLOAT:
        raise TypeError(
            "~ (operator.invert) is only implemented on integer and Boolean-type tensors"
        )
    if t.dtype.category == WHOLE:
        return make(
            [~x % 256 if t.dtype is dtypes.uint8 else ~x for x in values(t)], t._shape, t.dtype
        )
    return logical_not(t)


Tensor.__invert__ = _invert
