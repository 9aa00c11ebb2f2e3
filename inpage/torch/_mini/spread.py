"""Variance, standard deviation and norms."""

import builtins
import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT
from torch._mini.elementwise import divide, inf, nan, scaled
from torch._mini.nodes import Node, attach, tracking
from torch._mini.reductions import _finite, dimensions, groups, mean, reduced_shape
from torch._mini.refusal import refuse
from torch._mini.tensor import make, method


class VarBackward0(Node):
    """d var."""

    saves = ("self",)

    def backward(self, g):
        x = self.saved("self")
        if not self._saved_keepdim and self.along:
            for d in sorted(self.dims):
                g = g.unsqueeze(d)
        if self.freedom <= 0:
            refuse("the gradient of var of too few elements")
        dim = self.dims if self.along else None
        average = x.mean(dim, keepdim=True) if self.along else x.mean()
        return scaled(g, 2.0 / self.freedom) * (x - average)


class StdBackward0(Node):
    """d std."""

    saves = ("result", "self")

    def backward(self, g):
        x, result = self.saved("self"), self.saved("result")
        g = (g / scaled(result, 2)).masked_fill(result == 0, 0)
        if not self._saved_keepdim and self.along:
            for d in sorted(self.dims):
                g = g.unsqueeze(d)
        average = x.mean(self.dims, keepdim=True) if self.along else x.mean()
        return scaled(g, 2.0 / self.freedom) * (x - average)


def _spread_of(name, root, node_class):
    def function(input, dim=None, unbiased=None, keepdim=False, *, correction=None):
        if isinstance(dim, bool):
            dim, unbiased = None, dim
        if unbiased is not None:
            correction = int(unbiased)
        correction = 1 if correction is None else correction
        if input.dtype.category != FLOAT:
            raise RuntimeError("std and var only support floating point and complex dtypes")
        dims = dimensions(input, dim)
        count = math.prod(input._shape[d] for d in dims)
        freedom = count - correction
        if freedom <= 0:
            warn_degrees(name)
        numbers = []
        for group in groups(input, dims):
            # Welford's way, in double precision
            average = divide(math.fsum(group), count) if _finite(group) else nan
            square = nan
            if average == average:
                squares = math.fsum((x - average) ** 2 for x in group)
                square = divide(squares, builtins.max(freedom, 0))
            numbers.append(math.sqrt(square) if root and square == square else square)
        out = make(numbers, reduced_shape(input, dims, keepdim), input.dtype)
        if tracking(input):
            facts = {"correction": correction, "keepdim": keepdim}
            node = node_class(input, dim=None if dim is None else tuple(dims), **facts)
            node.dims, node.along, node.freedom = dims, dim is not None, freedom
            attach(out, node.keep(self=input), "result" if root else None)
        return out

    function.__name__ = name
    return method(function, name)


def warn_degrees(name):
    """Too few elements: PyTorch warns."""
    from torch._mini.warn import warn

    warn(
        f"{name}(): degrees of freedom is <= 0. Correction should be strictly less than the "
        "reduction factor (input numel divided by output numel). (Triggered internally at "
        "/__w/pytorch/pytorch/aten/src/ATen/native/ReduceOps.cpp:1861.)"
    )


var = _spread_of("var", False, VarBackward0)
std = _spread_of("std", True, StdBackward0)


class LinalgVectorNormBackward0(Node):
    """d of a norm: the Euclidean, the sum of absolute values, the largest of them."""

    saves = ("result", "self")

    def backward(self, g):
        x, result = self.saved("self"), self.saved("result")
        if self.along and not self._saved_keepdim:
            for d in sorted(self.dims):
                g, result = g.unsqueeze(d), result.unsqueeze(d)
        if self._saved_ord == 1:
            return x.sgn() * g
        if self._saved_ord == inf:
            if modes.recording[0]:
                refuse("a second derivative of the largest absolute value")
            hits = x.detach().abs() == result.detach()
            return x.sgn() * ((g / hits.sum(self.dims, keepdim=True)) * hits)
        return g * (x / result).masked_fill(result == 0, 0)


_NORMS = {
    1: lambda group: math.fsum(map(math.fabs, group)),
    2: lambda group: math.sqrt(math.fsum(x * x for x in group)),
    inf: lambda group: builtins.max(map(math.fabs, group)),
    -inf: lambda group: builtins.min(map(math.fabs, group)),
    0: lambda group: builtins.sum(x != 0 for x in group),
}


def norm(input, p="fro", dim=None, keepdim=False, dtype=None):
    p = 2.0 if p in ("fro", None) else p
    if p not in _NORMS or dtype is not None:
        refuse(f"the norm with p={p}")
    if input.dtype.category != FLOAT:
        raise RuntimeError(
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got "
            + input.dtype.word
        )
    if tracking(input) and p in (0, -inf):
        refuse(f"the gradient of the norm with p={p}")
    dims = dimensions(input, dim)
    found = list(groups(input, dims))
    if p in (inf, -inf) and not builtins.all(found):
        refuse("the largest of no elements")
    numbers = [_NORMS[p](group) if _finite(group) else nan for group in found]
    out = make(numbers, reduced_shape(input, dims, keepdim), input.dtype)
    if tracking(input):
        node = LinalgVectorNormBackward0(
            input, ord=p, dim=None if dim is None else tuple(dims), keepdim=keepdim
        )
        node.dims, node.along = dims, dim is not None
        attach(out, node.keep(self=input), "result")
    return out


method(norm)


def var_mean(input, dim=None, unbiased=True, keepdim=False):
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if tracking(input):
        refuse("the gradient of var_mean")
    return var(input, dim, unbiased, keepdim), mean(input, dim, keepdim)


def std_mean(input, dim=None, unbiased=True, keepdim=False):
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if tracking(input):
        refuse("the gradient of std_mean")
    return std(input, dim, unbiased, keepdim), mean(input, dim, keepdim)


def dist(input, other, p=2):
    if tracking(input, other):
        refuse("the gradient of dist")
    return norm(input - other, p)


method(dist)
