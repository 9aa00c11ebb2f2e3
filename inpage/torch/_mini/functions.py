"""Functions of one tensor, element by element: neg, exp, log, sqrt, relu, sigmoid ..."""

import builtins
import math

from torch._mini import dtypes, modes
from torch._mini.dtypes import BOOL, FLOAT, WHOLE, bool_, element, promote, single
from torch._mini.elementwise import divide, elementwise, inf, nan, operand, scaled, shifted
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.second import curved
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
        if kind.category == BOOL and lower == "neg":
            raise RuntimeError(
                "Negation, the `-` operator, on a bool tensor is not supported. If you are trying "
                "to invert a mask, use the `~` or `logical_not()` operator instead."
            )
        if kind.category == BOOL and whole:
            refuse(f"{lower} of truth values")
        if kind.category != FLOAT and not whole:
            kind = dtypes.default[0]
        out = make_like(map(compute, operand(input, kind, input._shape)), input._shape, kind, input)
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
    if x != x:
        return x
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def _where_positive(g, y):
    out = make(
        [b if a > 0 else 0.0 for a, b in zip(values(y), values(g), strict=True)], y._shape, y.dtype
    )

    def rule(node, gg):
        return (_where_positive(gg, node.saved("self")), gg * 0)

    return curved("ThresholdBackwardBackward0", out, (g, y), rule, {"self": y}, threshold=0)


def _through_tanh(g, y):
    out = elementwise(lambda a, b: a * (1 - b * b), g, y)

    def rule(node, gg):
        g, y = node.saved("grad_output"), node.saved("output")
        return gg * (1 - y * y), gg * g * -2 * y

    return curved("TanhBackwardBackward0", out, (g, y), rule, {"grad_output": g, "output": y})


def _through_sigmoid(g, y):
    out = elementwise(lambda a, b: a * ((1 - b) * b), g, y)

    def rule(node, gg):
        g, y = node.saved("grad_output"), node.saved("output")
        return gg * (1 - y) * y, gg * g * (1 - 2 * y)

    return curved("SigmoidBackwardBackward0", out, (g, y), rule, {"grad_output": g, "output": y})


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
log1p = _function("Log1P", _log1p, lambda g, x: g / shifted(x, 1), "self")
sqrt = _function("Sqrt", _checked(math.sqrt), lambda g, y: g / scaled(y, 2), "result")
sin = _function("Sin", _checked(math.sin), lambda g, x: g * x.cos(), "self")
cos = _function("Cos", _checked(math.cos), lambda g, x: g * -x.sin(), "self")
tanh = _function("Tanh", math.tanh, _through_tanh, "result")
sigmoid = _function("Sigmoid", _sigmoid, _through_sigmoid, "result")
relu = _function(
    "Relu", lambda x: x if x >= 0 or x != x else 0 * x, _where_positive, "result", whole=True
)
reciprocal = _function("Reciprocal", lambda x: divide(1.0, x), lambda g, y: -g * (y * y), "result")


def _log10(x):
    return -inf if x == 0 else nan if x < 0 else x if x == inf else math.log10(x)


def _log2(x):
    return -inf if x == 0 else nan if x < 0 else x if x == inf else math.log2(x)


def _out_of(low, high, function):
    return lambda x: function(x) if low <= x <= high else nan


rsqrt = _function(
    "Rsqrt",
    lambda x: divide(1.0, math.sqrt(x)) if x >= 0 else nan,
    lambda g, y: scaled(g, -0.5) * y.pow(3),
    "result",
)
tan = _function("Tan", _checked(math.tan), lambda g, y: g * shifted(y.pow(2), 1), "result")
asin = _function(
    "Asin",
    _out_of(-1, 1, math.asin),
    lambda g, x: g * shifted(-x * x, 1).rsqrt(),
    "self",
)
acos = _function(
    "Acos",
    _out_of(-1, 1, math.acos),
    lambda g, x: g * -shifted(-x * x, 1).rsqrt(),
    "self",
)
atan = _function("Atan", math.atan, lambda g, x: g / shifted(x * x, 1), "self")
sinh = _function("Sinh", _checked(math.sinh), lambda g, x: g * x.cosh(), "self")
cosh = _function("Cosh", _checked(math.cosh), lambda g, x: g * x.sinh(), "self")
erf = _function(
    "Erf",
    math.erf,
    lambda g, x: scaled((-(x * x)).exp(), 2 / math.sqrt(math.pi)) * g,
    "self",
)
expm1 = _function("Expm1", _checked(math.expm1), lambda g, y: g * shifted(y, 1), "result")
arctan, arcsin, arccos = method(atan, "arctan"), method(asin, "arcsin"), method(acos, "arccos")


log10 = _function("Log10", _log10, lambda g, x: g / scaled(x, 2.3025850929940456), "self")
log2 = _function("Log2", _log2, lambda g, x: g / scaled(x, 0.6931471805599453), "self")

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
        out = make_like(map(compute, values(input)), input._shape, input.dtype, input)
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


class SgnBackward0(Node):
    """d sgn."""

    saves = ("result", "self")

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of sgn")
        self.saved("result")
        return g * 0


@method
def sgn(input):
    out = make_like([(x > 0) - (x < 0) for x in values(input)], input._shape, input.dtype, input)
    if tracking(input):
        attach(out, SgnBackward0(input).keep(self=input), "result")
    return out


_round = _step("Round", _whole(round))


def round(input, *, decimals=0):
    if decimals == 0:
        return _round(input)
    if tracking(input) or decimals < 0 or input.dtype.category != FLOAT:
        refuse("round to decimals with a gradient, of whole numbers, or to tens")
    rounded = single if input.dtype is dtypes.float32 else float
    ten = 10.0**decimals
    each = (
        x if not math.isfinite(x) else _whole_part(rounded(x * ten)) / ten for x in values(input)
    )
    return make_like(each, input._shape, input.dtype, input)


_whole_part = builtins.round


def frac(input):
    if tracking(input) or input.dtype.category != FLOAT:
        refuse("this kind of frac")
    return make(
        [x - math.trunc(x) if math.isfinite(x) else nan for x in values(input)],
        input._shape,
        input.dtype,
    )


method(frac)


def fmod(input, other):
    if tracking(input, other) or promote(input, other).category != FLOAT:
        refuse("this kind of fmod")
    return elementwise(
        lambda x, y: math.fmod(x, y) if y and math.isfinite(x) else nan, input, other
    )


method(fmod)


def atan2(input, other):
    if tracking(input, other) or promote(input, other).category != FLOAT:
        refuse("this kind of atan2")
    return elementwise(math.atan2, input, other)


method(atan2)


def nan_to_num(input, nan=0.0, posinf=None, neginf=None):
    if tracking(input) or input.dtype.category != FLOAT:
        refuse("this kind of nan_to_num")
    most = 3.4028234663852886e38 if input.dtype is dtypes.float32 else 1.7976931348623157e308
    high, low = most if posinf is None else posinf, -most if neginf is None else neginf
    each = (nan if x != x else high if x == inf else low if x == -inf else x for x in values(input))
    return make_like(each, input._shape, input.dtype, input)


method(nan_to_num)


def deg2rad(input):
    return scaled(input, math.pi / 180) if not tracking(input) else refuse("this gradient")


method(round, "round")


# Questions: truth values, without history ---------------------------------------------------------


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


# Limits and choices -------------------------------------------------------------------------------


class ClampBackward1(Node):
    """d clamp: the gradient passes where the element was within the limits."""

    saves = ("self",)

    def backward(self, g):
        x, low, high = self.saved("self"), self._saved_min, self._saved_max
        inside = [(low is None or v >= low) and (high is None or v <= high) for v in values(x)]
        return where(make(inside, x._shape, bool_), g, 0.0)


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
        raise RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None")
    kind = promote(input, *(limit for limit in (min, max) if limit is not None))
    low = None if min is None else element(min, kind)
    high = None if max is None else element(max, kind)

    def limited(x):
        if x != x:
            return x
        if low is not None and x < low:
            x = low
        return high if high is not None and x > high else x

    return [limited(x) for x in operand(input, kind, input._shape)], kind


def clamp(input, min=None, max=None):
    numbers, kind = clamped(input, min, max)
    out = make_like(numbers, input._shape, kind, input)
    if tracking(input):
        attach(out, ClampBackward1(input, min=min, max=max).keep(self=input))
    return out


def clamp_min(input, min):
    numbers, kind = clamped(input, min, None)
    out = make_like(numbers, input._shape, kind, input)
    if tracking(input):
        attach(out, ClampMinBackward0(input, min=min).keep(self=input))
    return out


def clamp_max(input, max):
    numbers, kind = clamped(input, None, max)
    out = make_like(numbers, input._shape, kind, input)
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
    if input is None and other is None:
        return condition.nonzero(as_tuple=True)
    if input is None or other is None:
        refuse("where with one choice")
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
    out = make_like([a if c else b for c, a, b in chosen], shape, kind, condition, input, other)
    if tracking(input, other):
        attach(out, WhereBackward0(input, other).keep(condition=condition))
    return out


method(lambda self, condition, other: where(condition, self, other), "where")


class MaximumBackward0(Node):
    """d of the larger (or smaller) of two: half each where they are equal."""

    saves = ("other", "self")
    larger = True

    def backward(self, g):
        a, b = self.saved("self").detach(), self.saved("other").detach()
        first = elementwise(lambda x, y: (x > y if self.larger else x < y) + 0.5 * (x == y), a, b)
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of maximum")
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


# Of three tensors ---------------------------------------------------------------------------------


def lerp(input, end, weight):
    """Between two tensors, at a share of the way."""
    if tracking(input, end, weight) or isinstance(weight, Tensor) or input.dtype is not end.dtype:
        refuse("the gradient of lerp, or a tensor as weight")
    if weight < 0.5:
        return elementwise(lambda a, b: a + weight * (b - a), input, end)
    return elementwise(lambda a, b: b - (b - a) * (1 - weight), input, end)


def addcmul(input, tensor1, tensor2, *, value=1):
    if tracking(input, tensor1, tensor2):
        refuse("the gradient of addcmul")
    return input + (tensor1 * tensor2 if value == 1 else tensor1 * tensor2 * value)


def addcdiv(input, tensor1, tensor2, *, value=1):
    if tracking(input, tensor1, tensor2):
        refuse("the gradient of addcdiv")
    return input + (tensor1 / tensor2 if value == 1 else tensor1 / tensor2 * value)


def hypot(input, other):
    if tracking(input, other) or promote(input, other).category != FLOAT:
        refuse("this kind of hypot")
    return elementwise(math.hypot, input, other)


for _function_of_three in (lerp, addcmul, addcdiv, hypot):
    method(_function_of_three)
