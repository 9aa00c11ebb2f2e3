"""Running sums and products, differences."""

import math
from collections import namedtuple
from itertools import pairwise

from torch._mini.converting import convert
from torch._mini.dtypes import BOOL, FLOAT, float32, int64, single
from torch._mini.extremes import shown
from torch._mini.joining import stack
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import wrap
from torch._mini.tensor import make, method, values


def _running(input, d, combine, kind):
    """Combine the slices along a dimension one after the other."""
    rounded = single if kind is float32 else (lambda x: x)
    parts, running = [], None
    for part in input.detach().unbind(d) if input.ndim else [input.detach()]:
        row = values(part)
        if running is not None:
            row = [rounded(combine(a, b)) for a, b in zip(running, row, strict=True)]
        running = row
        parts.append(make(running, part._shape, kind))
    if not parts:
        return make([], input._shape, kind)
    return stack(parts, d) if input.ndim else parts[0]


class CumsumBackward0(Node):
    """d cumsum."""

    def backward(self, g):
        d = self._saved_dim
        return g.flip(d).cumsum(d).flip(d)


def cumsum(input, dim, *, dtype=None):
    if dtype is not None:
        input = convert(input, dtype)
    d = wrap(dim, input.ndim)
    kind = input.dtype if input.dtype.category == FLOAT else int64
    out = _running(input, d, lambda a, b: a + b, kind)
    if tracking(input):
        attach(out, CumsumBackward0(input, dim=dim % 2**64))
        out._node._saved_dim = d
    return out


class CumprodBackward0(Node):
    """d cumprod, where no element is zero."""

    saves = ("result", "self")

    def backward(self, g):
        x, result, d = self.saved("self"), self.saved("result"), self.along
        if 0 in values(x):
            refuse("the gradient of cumprod with a zero")
        return (g * result).flip(d).cumsum(d).flip(d) / x


def cumprod(input, dim, *, dtype=None):
    if dtype is not None:
        input = convert(input, dtype)
    d = wrap(dim, input.ndim)
    kind = input.dtype if input.dtype.category == FLOAT else int64
    out = _running(input, d, lambda a, b: a * b, kind)
    if tracking(input):
        node = CumprodBackward0(input, dim=dim % 2**64).keep(self=input)
        node.along = d
        attach(out, node, "result")
    return out


_Cummax = namedtuple("cummax", ["values", "indices"])
_Cummin = namedtuple("cummin", ["values", "indices"])
_Cummax.__repr__ = _Cummin.__repr__ = shown


def _running_extreme(name, takes, result):
    def function(input, dim):
        if tracking(input) or not input.ndim or input.dtype.category == BOOL:
            refuse(f"this kind of {name}")
        d = wrap(dim, input.ndim)
        best, places, parts, chosen = [], [], [], []
        for i, part in enumerate(input.detach().unbind(d)):
            row = values(part)
            if any(x != x for x in row):
                refuse(f"{name} of nan")
            wins = [True] * len(row) if not i else list(map(takes, row, best))
            best = [x if win else b for x, win, b in zip(row, wins, best or row, strict=True)]
            places = [i if win else p for win, p in zip(wins, places or row, strict=True)]
            parts.append(make(best, part._shape, input.dtype))
            chosen.append(make(places, part._shape, int64))
        if not parts:
            refuse(f"{name} of nothing")
        return result(stack(parts, d), stack(chosen, d))

    function.__name__ = name
    return method(function, name)


cummax = _running_extreme("cummax", lambda x, b: x >= b, _Cummax)
cummin = _running_extreme("cummin", lambda x, b: x <= b, _Cummin)


def diff(input, n=1, dim=-1):
    d = wrap(dim, input.ndim)
    if n != 1 or not input.ndim:
        refuse("this kind of diff")
    size = input._shape[d]
    return input.narrow(d, 1, size - 1) - input.narrow(d, 0, size - 1)


def trapezoid(y, x=None, *, dx=None, dim=-1):
    if y.ndim != 1 or dim not in (-1, 0) or (x is not None and dx is not None):
        refuse("this kind of trapezoid")
    if tracking(y):
        refuse("the gradient of trapezoid")
    numbers = values(y)
    if x is None:
        steps = [1 if dx is None else dx] * (len(numbers) - 1)
    else:
        places = values(x)
        steps = [b - a for a, b in pairwise(places)]
    pairs = zip(pairwise(numbers), steps, strict=False)
    return make([math.fsum((a + b) * h / 2 for (a, b), h in pairs)], (), y.dtype)


for _function in (cumsum, cumprod, diff):
    method(_function)
