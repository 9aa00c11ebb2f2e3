"""Functions of one tensor, element by element: neg, exp, log, sqrt, relu, sigmoid ..."""

import math

from torch._mini import dtypes
from torch._mini.dtypes import BOOL, FLOAT
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


def _function(name, compute, rule, saves, whole=False, by_dtype=False):
    """Make a differentiable function of one tensor.

    Args:
        name: as PyTorch names it; its node is `NameBackward0`.
        compute: from number to number; rule: from the gradient and what was saved to the gradient.
        saves: "self", "result" or None; whole: whether whole numbers stay whole numbers.
        by_dtype: whether `compute` gives the function for a dtype.
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
        each = compute(kind) if by_dtype else compute
        out = make_like(map(each, operand(input, kind, input._shape)), input._shape, kind, input)
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


def _sigmoid_of(kind):
    """In float32 the exponential of what is below -88.7 is infinite, and the result zero."""
    least = -88.722839 if kind is dtypes.float32 else -700
    return lambda x: 0.0 if x < least else _sigmoid(x)


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
sigmoid = _function("Sigmoid", _sigmoid_of, _through_sigmoid, "result", by_dtype=True)
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


def deg2rad(input):
    return scaled(input, math.pi / 180) if not tracking(input) else refuse("this gradient")
