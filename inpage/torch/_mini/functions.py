"""Functions of one tensor, element by element: neg, exp, log, sqrt, relu, sigmoid ..."""

import math

from torch._mini import dtypes, modes
from torch._mini.dtypes import BOOL, FLOAT, bool_, element, promote
from torch._mini.elementwise import divide, elementwise, inf, nan, operand
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor, make, method, values


def _checked(function):
    """nan and inf where Python raises."""

    def safe(x):
        try:
            return function(x)
        except ValueError:
            return nan
        except OverflowError:
            return inf

    return safe


def _function(name, compute, rule, saves, whole=False):
    """Make a differentiable function of one tensor.

    Args:
        name: as PyTorch names it; its node is `NameBackward0`.
        compute: from number to number; rule: from the gradient and what was saved to the gradient.
        saves: "self", "result" or None; whole: whether whole numbers stay whole numbers.
    """

    def backward(self, g):
        return rule(g, self.saved(saves) if saves else None)

    node_class = type(
        f"{name}Backward0",
        (Node,),
        {"saves": (saves,) if saves else (), "backward": backward, "__doc__": f"d {name}."},
    )
    lower = name.lower()

    def function(input):
        if not isinstance(input, Tensor):
            raise TypeError(
                f"{lower}(): argument 'input' (position 1) must be Tensor, "
                f"not {type(input).__name__}"
            )
        kind = input.dtype
        if kind.category == BOOL and whole:
            refuse(f"{lower} of truth values")
        if kind.category != FLOAT and not whole:
            kind = dtypes.default[0]
        out = make(map(compute, operand(input, kind, input._shape)), input._shape, kind)
        if tracking(input):
            node = node_class(input)
            if saves == "self":
                node.keep(self=input)
            attach(out, node, "result" if saves == "result" else None)
        return out

    function.__name__ = lower
    return method(function, lower)


def _log(x):
    return -inf if x == 0 else nan if x < 0 else x if x == inf else math.log(x)


def _log1p(x):
    return -inf if x == -1 else nan if x < -1 else x if x == inf else math.log1p(x)


def _sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def _where_positive(g, y):
    if modes.recording[0]:
        refuse("a second derivative of relu")
    return make(
        [b if a > 0 else 0.0 for a, b in zip(values(y), values(g), strict=True)], y._shape, y.dtype
    )


neg = _function("Neg", lambda x: -x, lambda g, _: -g, None, whole=True)
abs = _function(
    "Abs",
    lambda x: x if x > 0 else -x if x < 0 else x * x,
    lambda g, x: g * x.sgn(),
    "self",
    whole=True,
)
exp = _function("Exp", _checked(math.exp), lambda g, y: g * y, "result")
log = _function("Log", _log, lambda g, x: g / x, "self")
log1p = _function("Log1P", _log1p, lambda g, x: g / (x + 1), "self")
sqrt = _function("Sqrt", _checked(math.sqrt), lambda g, y: g / (2 * y), "result")
sin = _function("Sin", _checked(math.sin), lambda g, x: g * x.cos(), "self")
cos = _function("Cos", _checked(math.cos), lambda g, x: g * -x.sin(), "self")
tanh = _function("Tanh", math.tanh, lambda g, y: g * (1 - y * y), "result")
sigmoid = _function("Sigmoid", _sigmoid, lambda g, y: g * ((1 - y) * y), "result")
relu = _function(
    "Relu", lambda x: x if x >= 0 or x != x else 0 * x, _where_positive, "result", whole=True
)
reciprocal = _function("Reciprocal", lambda x: divide(1.0, x), lambda g, y: -g * (y * y), "result")


def _log10(x):
    return -inf if x == 0 else nan if x < 0 else x if x == inf else math.log10(x)


def _log2(x):
    return -inf if x == 0 else nan if x < 0 else x if x == inf else math.log2(x)


log10 = _function("Log10", _log10, lambda g, x: g / (x * 2.3025850929940456), "self")
log2 = _function("Log2", _log2, lambda g, x: g / (x * 0.6931471805599453), "self")

Tensor.__neg__, Tensor.__abs__ = neg, abs
negative, absolute = method(neg, "negative"), method(abs, "absolute")


# Steps: their gradient is zero everywhere ---------------------------------------------------------


def _step(name, compute, keeps_whole=True):
    """A function whose derivative is zero wherever there is one."""
    node_class = type(
        f"{name}Backward0", (Node,), {"backward": lambda self, g: g * 0, "__doc__": f"d {name}."}
    )
    lower = name.lower()

    def function(input):
        if input.dtype.category == BOOL:
            refuse(f"{lower} of truth values")
        out = make(map(compute, values(input)), input._shape, input.dtype)
        if tracking(input):
            attach(out, node_class(input))
        return out

    function.__name__ = lower
    return method(function, lower)


def _whole(function):
    return lambda x: float(function(x)) if math.isfinite(x) and math.fabs(x) < 2**53 else x


ceil = _step("Ceil", _whole(math.ceil))
floor = _step("Floor", _whole(math.floor))
trunc = _step("Trunc", _whole(math.trunc))
sign = _step("Sign", lambda x: (x > 0) - (x < 0))


@method
def sgn(input):
    if tracking(input):
        refuse("the gradient of sgn")
    return make([(x > 0) - (x < 0) for x in values(input)], input._shape, input.dtype)


_round = _step("Round", _whole(round))


def round(input, *, decimals=0):
    if decimals:
        refuse("round to decimals")
    return _round(input)


method(round, "round")


# Questions: truth values, without history ---------------------------------------------------------


def _question(name, ask):
    def function(input):
        return make([ask(x) for x in values(input)], input._shape, bool_)

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
    if t.dtype is not bool_:
        refuse("~ on numbers")
    return logical_not(t)


Tensor.__invert__ = _invert


# Limits and choices -------------------------------------------------------------------------------


class ClampBackward1(Node):
    """d clamp: the gradient passes where the element was within the limits."""

    saves = ("self",)

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of clamp")
        x, low, high = self.saved("self"), self._saved_min, self._saved_max
        inside = ((low is None or v >= low) and (high is None or v <= high) for v in values(x))
        return make(
            [b if a else 0.0 for a, b in zip(inside, values(g), strict=True)], x._shape, x.dtype
        )


class ClampMinBackward0(ClampBackward1):
    """d clamp with a lower limit alone."""

    _saved_max = None


class ClampMaxBackward0(ClampBackward1):
    """d clamp with an upper limit alone."""

    _saved_min = None


def clamped(input, min, max) -> list:
    """The elements within limits; nan stays."""
    if isinstance(min, Tensor) or isinstance(max, Tensor):
        refuse("clamp with tensors as limits")
    if min is None and max is None:
        raise ValueError("torch.clamp: At least one of 'min' or 'max' must not be None")
    if input.dtype.category != FLOAT and any(isinstance(limit, float) for limit in (min, max)):
        refuse("clamp of whole numbers with floating point limits")
    low = None if min is None else element(min, input.dtype)
    high = None if max is None else element(max, input.dtype)

    def limited(x):
        if x != x:
            return x
        if low is not None and x < low:
            x = low
        return high if high is not None and x > high else x

    return [limited(x) for x in values(input)]


def clamp(input, min=None, max=None):
    out = make(clamped(input, min, max), input._shape, input.dtype)
    if tracking(input):
        attach(out, ClampBackward1(input, min=min, max=max).keep(self=input))
    return out


def clamp_min(input, min):
    out = make(clamped(input, min, None), input._shape, input.dtype)
    if tracking(input):
        attach(out, ClampMinBackward0(input, min=min).keep(self=input))
    return out


def clamp_max(input, max):
    out = make(clamped(input, None, max), input._shape, input.dtype)
    if tracking(input):
        attach(out, ClampMaxBackward0(input, max=max).keep(self=input))
    return out


for _each in (clamp, clamp_min, clamp_max):
    method(_each)
method(clamp, "clip")


class WhereBackward0(Node):
    """d where: each gradient goes to the one that was chosen."""

    saves = ("condition",)

    def backward(self, g):
        condition = self.saved("condition")
        zero = g * 0
        return (
            where(condition, g, zero) if self.needs[0] else None,
            where(condition, zero, g) if self.needs[1] else None,
        )


def where(condition, input=None, other=None):
    if input is None or other is None:
        refuse("where with the condition alone")
    if condition.dtype is not bool_:
        raise RuntimeError(
            f"where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype.word}"
        )
    from torch._mini.elementwise import shape_of
    from torch._mini.shapes import broadcast

    kind = promote(input, other)
    shape = broadcast(broadcast(condition._shape, shape_of(input)), shape_of(other))
    chosen = zip(
        operand(condition, bool_, shape),
        operand(input, kind, shape),
        operand(other, kind, shape),
        strict=True,
    )
    out = make([a if c else b for c, a, b in chosen], shape, kind)
    if tracking(input, other):
        attach(out, WhereBackward0(input, other).keep(condition=condition))
    return out


method(lambda self, condition, other: where(condition, self, other), "where")


class MaximumBackward0(Node):
    """d of the larger (or smaller) of two: half each where they are equal."""

    saves = ("other", "self")
    larger = True

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of maximum")
        a, b = self.saved("self"), self.saved("other")
        first = elementwise(lambda x, y: (x > y if self.larger else x < y) + 0.5 * (x == y), a, b)
        return (
            g * first if self.needs[0] else None,
            g * (1 - first) if self.needs[1] else None,
        )


class MinimumBackward0(MaximumBackward0):
    """d of the smaller of two."""

    larger = False


def _pairwise(name, pick, node_class):
    def function(input, other):
        def picked(x, y):
            return x if x != x else y if y != y else pick(x, y)

        out = elementwise(picked, input, other)
        if tracking(input, other):
            attach(out, node_class(input, other).keep(self=input, other=other))
        return out

    function.__name__ = name
    return method(function, name)


maximum = _pairwise("maximum", lambda x, y: x if x >= y else y, MaximumBackward0)
minimum = _pairwise("minimum", lambda x, y: x if x <= y else y, MinimumBackward0)
