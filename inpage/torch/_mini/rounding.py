"""Functions whose gradient is zero: round, floor, sign; fractions and numbers that are none."""

import builtins
import math

from torch._mini import dtypes, modes
from torch._mini.dtypes import BOOL, FLOAT, single
from torch._mini.elementwise import inf, nan
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import make, method, values


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
    """Rounding; what becomes zero keeps its sign."""

    def rounded(x):
        if not math.isfinite(x) or math.fabs(x) >= 2**53:
            return x
        return math.copysign(function(x), x) if isinstance(x, float) else float(function(x))

    return rounded


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
        math.copysign(_whole_part(rounded(x * ten)) / ten, x) if math.isfinite(x) else x
        for x in values(input)
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


def nan_to_num(input, nan=0.0, posinf=None, neginf=None):
    if tracking(input) or input.dtype.category != FLOAT:
        refuse("this kind of nan_to_num")
    most = 3.4028234663852886e38 if input.dtype is dtypes.float32 else 1.7976931348623157e308
    high, low = most if posinf is None else posinf, -most if neginf is None else neginf
    each = (nan if x != x else high if x == inf else low if x == -inf else x for x in values(input))
    return make_like(each, input._shape, input.dtype, input)


method(nan_to_num)


method(round, "round")
