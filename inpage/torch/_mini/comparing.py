"""Whole tensors compared, and whether all or any elements are true."""

import builtins
import math

from torch._mini.dtypes import bool_
from torch._mini.elementwise import elementwise, inf
from torch._mini.reductions import dimensions, groups, reduced_shape
from torch._mini.shapes import broadcast
from torch._mini.tensor import Tensor, make, method, spread, values


def _truth(name, decide):
    def function(input, dim=None, keepdim=False):
        dims = dimensions(input, dim)
        numbers = [decide(group) for group in groups(input, dims)]
        return make(numbers, reduced_shape(input, dims, keepdim and dim is not None), bool_)

    function.__name__ = name
    return method(function, name)


all = _truth("all", lambda g: builtins.all(g))
any = _truth("any", lambda g: builtins.any(g))


def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    if not isinstance(other, Tensor):
        raise TypeError(
            f"allclose(): argument 'other' (position 2) must be Tensor, not {type(other).__name__}"
        )
    if input.dtype is not other.dtype:
        raise RuntimeError(f"{input.dtype.word} did not match {other.dtype.word}")
    shape = broadcast(input._shape, other._shape)
    for x, y in zip(spread(input, shape), spread(other, shape), strict=True):
        if x == y or (equal_nan and x != x and y != y):
            continue
        if not (math.fabs(y) != inf and math.fabs(x) != inf):
            return False
        if not math.fabs(x - y) <= atol + math.fabs(rtol * y):
            return False
    return True


def isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    if input.dtype is not other.dtype:
        raise RuntimeError(f"{input.dtype.word} did not match {other.dtype.word}")

    def close(x, y):
        if x == y or (equal_nan and x != x and y != y):
            return True
        if not (math.isfinite(x) and math.isfinite(y)):
            return False
        return math.fabs(x - y) <= atol + math.fabs(rtol * y)

    out = elementwise(close, input, other, result=bool_)
    out._counter.changes = 1  # PyTorch finishes it in place
    return out


def equal(input, other):
    if not isinstance(other, Tensor):
        raise TypeError(
            "equal(): argument 'other' (position 2) must be Tensor, not " + type(other).__name__
        )
    return input._shape == other._shape and values(input) == values(other)


def numel(input):
    return input.numel()


def _allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    if not isinstance(other, Tensor):
        kind = type(other).__name__
        raise TypeError(f"allclose(): argument 'other' (position 1) must be Tensor, not {kind}")
    return allclose(input, other, rtol, atol, equal_nan)


method(_allclose, "allclose")
method(isclose)
method(equal)
