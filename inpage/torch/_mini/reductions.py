"""Sums, means, extremes: many elements become one, along dimensions or altogether."""

import builtins
import math
from collections import namedtuple

from torch._mini import modes
from torch._mini.dtypes import FLOAT, bool_, float32, int64, single
from torch._mini.elementwise import divide, elementwise, inf, nan, scaled
from torch._mini.joining import convert
from torch._mini.nodes import Node, Saved, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast, places, wrap
from torch._mini.sums import total
from torch._mini.tensor import Tensor, make, method, spread, values


def dimensions(t, dim) -> list[int]:
    """The dimensions that go, counted from the front."""
    if dim is None or (isinstance(dim, (list, tuple)) and not dim):
        return list(range(t.ndim))
    dims = [dim] if isinstance(dim, int) else list(dim)
    found = [wrap(d, t.ndim) for d in dims]
    for d in found:
        if found.count(d) > 1:
            raise RuntimeError(f"dim {d} appears multiple times in the list of dims")
    return found if t.ndim else []


def groups(t, dims):
    """For each element of the result, the elements it is made of."""
    stay = [d for d in range(t.ndim) if d not in dims]
    go = [d for d in range(t.ndim) if d in dims]
    numbers = t._storage.numbers
    starts = places([t._shape[d] for d in stay], [t._strides[d] for d in stay], t._offset)
    steps = places([t._shape[d] for d in go], [t._strides[d] for d in go], 0)
    for start in starts:
        yield [numbers[start + step] for step in steps]


def reduced_shape(t, dims, keepdim) -> tuple:
    """The shape of the result."""
    return tuple(1 if d in dims else n for d, n in enumerate(t._shape) if keepdim or d not in dims)


def _in_order(t, dims) -> bool:
    """Whether the elements of a group lie one after the other: PyTorch then sums in vectors."""
    last = list(range(t.ndim - len(dims), t.ndim))
    return not dims or (t.is_contiguous() and sorted(dims) == last)


def _widened(node, g):
    """A gradient of the result, in the shape of what was summed."""
    shape = tuple(node._saved_self_sym_sizes)
    if not node._saved_keepdim:
        for d in sorted(node.dims):
            g = g.unsqueeze(d)
    return g.expand(shape) if shape else g


class SumBackward0(Node):
    """d sum."""

    def backward(self, g):
        return g.expand(tuple(self._saved_self_sym_sizes))


class SumBackward1(Node):
    """d sum along dimensions."""

    def backward(self, g):
        return _widened(self, g)


class MeanBackward0(Node):
    """d mean."""

    def backward(self, g):
        return g.expand(tuple(self._saved_self_sym_sizes)) / self._saved_self_sym_numel


class MeanBackward1(Node):
    """d mean along dimensions."""

    def backward(self, g):
        return _widened(self, g) / self.count


def _finite(numbers) -> bool:
    return builtins.all(map(math.isfinite, numbers))


def _axis(dim, axis):
    return dim if axis is None else axis


def sum(input, dim=None, keepdim=False, *, dtype=None, axis=None):
    dim = _axis(dim, axis)
    if dtype is not None:
        input = convert(input, dtype)
    dims = dimensions(input, dim)
    kind = input.dtype if input.dtype.category == FLOAT else dtype or int64
    in_order = _in_order(input, dims)
    numbers = [total(group, kind, in_order) for group in groups(input, dims)]
    out = make(numbers, reduced_shape(input, dims, keepdim), kind)
    if tracking(input):
        shape = input._shape
        if dim is None:
            node = SumBackward0(input, self_sym_sizes=shape)
        else:
            facts = {"dim": tuple(dims), "keepdim": keepdim}
            node = SumBackward1(input, self_sym_sizes=shape, **facts)
            node.dims = dims
        attach(out, node)
    return out


def mean(input, dim=None, keepdim=False, *, dtype=None, axis=None):
    dim = _axis(dim, axis)
    if dtype is not None:
        input = convert(input, dtype)
    if input.dtype.category != FLOAT:
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or "
            f"complex dtype. Got: {input.dtype.word}"
        )
    dims = dimensions(input, dim)
    count = math.prod(input._shape[d] for d in dims)
    in_order = _in_order(input, dims)
    numbers = [divide(total(group, input.dtype, in_order), count) for group in groups(input, dims)]
    out = make(numbers, reduced_shape(input, dims, keepdim), input.dtype)
    if tracking(input):
        facts = {"self_sym_sizes": input._shape, "self_sym_numel": input.numel()}
        if dim is None:
            node = MeanBackward0(input, **facts)
        else:
            node = MeanBackward1(input, dim=tuple(dims), keepdim=keepdim, **facts)
            node.dims, node.count = dims, count
        attach(out, node)
    return out


def sum_to(t, shape):
    """Sum over what was broadcast, so that the shape is this one again."""
    if t._shape == shape:
        return t
    lead = t.ndim - len(shape)
    if lead < 0:
        raise RuntimeError(f"a gradient of shape {t._shape} does not fit {shape}")
    dims = list(range(lead))
    dims += [d + lead for d, n in enumerate(shape) if n == 1 and t._shape[d + lead] != 1]
    t = t.sum(dims, keepdim=True)
    return t.view(shape) if lead else t


for _function in (sum, mean, sum_to):
    method(_function)


# Products, spread ---------------------------------------------------------------------------------


class ProdBackward0(Node):
    """d prod."""

    saves = ("result", "self")

    def backward(self, g):
        x, result = self.saved("self"), self.saved("result")
        if 0 in values(x):
            return self._with_zeros(g, x)
        return g * (result / x)

    def _with_zeros(self, g, x):
        """Where one element is zero, only its own gradient is left."""
        if modes.recording[0]:
            refuse("a second derivative of prod with a zero")
        numbers = values(x)
        out = []
        for i in range(len(numbers)):
            others = math.prod(numbers[:i] + numbers[i + 1 :])
            out.append(others * g.item())
        return make(out, x._shape, x.dtype)


class ProdBackward1(Node):
    """d prod along a dimension."""

    saves = ("result", "self")

    def backward(self, g):
        x, result = self.saved("self"), self.saved("result")
        if 0 in values(x):
            refuse("the gradient of prod along a dimension with a zero")
        if not self._saved_keepdim and x.ndim:
            g, result = g.unsqueeze(self._saved_dim), result.unsqueeze(self._saved_dim)
        return (g * result) / x


def prod(input, dim=None, keepdim=False, *, dtype=None):
    if dtype is not None:
        input = convert(input, dtype)
    kind = input.dtype if input.dtype.category == FLOAT else int64
    rounded = single if kind is float32 else (lambda x: x)
    dims = list(range(input.ndim)) if dim is None else [wrap(dim, input.ndim)][: input.ndim]
    numbers = []
    for group in groups(input, dims):
        result = 1.0 if kind.category == FLOAT else 1
        for x in group:
            result = rounded(result * x)
        numbers.append(result)
    out = make(numbers, reduced_shape(input, dims, keepdim and dim is not None), kind)
    if tracking(input):
        if dim is None:
            node = ProdBackward0(input)
        else:
            node = ProdBackward1(input, dim=dim, keepdim=keepdim)
        attach(out, node.keep(self=input), "result")
    return out


method(prod)


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
        refuse("the norm of whole numbers")
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


# Extremes -----------------------------------------------------------------------------------------

_MaxResult = namedtuple("max", ["values", "indices"])
_MinResult = namedtuple("min", ["values", "indices"])


def shown(self):
    """How PyTorch prints a result of several tensors."""
    name = type(self).__name__
    rows = [f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True)]
    return f"torch.return_types.{name}(\n" + ",\n".join(rows) + ")"


_MaxResult.__repr__ = _MinResult.__repr__ = shown


class MaxBackward1(Node):
    """d max of all: shared among those that are the largest."""

    saves = ("result", "self")

    def backward(self, g):
        x, result = self.saved("self"), self.saved("result").item()
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of max")
        hits = [v == result or (v != v and result != result) for v in values(x)]
        share = divide(g.item(), builtins.sum(hits))
        return make([share if hit else 0.0 for hit in hits], x._shape, x.dtype)


class MinBackward1(MaxBackward1):
    """d min of all."""


class MaxBackward0(Node):
    """d max along a dimension: to the place that was chosen."""

    saves = ("indices",)

    def backward(self, g):
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of max")
        shape, d = tuple(self._saved_self_sym_sizes), self._saved_dim
        inner = math.prod(shape[d + 1 :])
        out = [0.0] * math.prod(shape)
        for flat, (place, gradient) in enumerate(
            zip(values(self.saved("indices")), values(g), strict=True)
        ):
            before, after = divmod(flat, inner)
            out[(before * shape[d] + place) * inner + after] = gradient
        return make(out, shape, g.dtype)


class MinBackward0(MaxBackward0):
    """d min along a dimension."""


def _first(pick, group):
    """The place of the extreme: the first nan, else the first of the largest."""
    for i, x in enumerate(group):
        if x != x:
            return i
    return group.index(pick(group))


def _extreme(name, pick, whole_node, dim_node, result):
    pairwise = "maximum" if name == "max" else "minimum"

    def function(input, dim=None, keepdim=False, *, other=None):
        if isinstance(dim, Tensor) or other is not None:
            return getattr(input, pairwise)(dim if other is None else other)
        if dim is None:
            group = values(input)
            if not group:
                raise RuntimeError(
                    f"{name}(): Expected reduction dim to be specified for input.numel() == 0. "
                    "Specify the reduction dim with the 'dim' argument."
                )
            out = make([group[_first(pick, group)]], (), input.dtype)
            if tracking(input):
                attach(out, whole_node(input).keep(self=input), "result")
            return out
        d = wrap(dim, input.ndim)
        if not input.ndim:
            refuse(f"{name} along a dimension of a tensor that has none")
        found = list(groups(input, [d]))
        if found and not found[0]:
            refuse(f"{name} along a dimension without elements")
        chosen = [_first(pick, group) for group in found]
        shape = reduced_shape(input, [d], keepdim)
        out = make([g[i] for g, i in zip(found, chosen, strict=True)], shape, input.dtype)
        indices = make(chosen, shape, int64)
        if tracking(input):
            node = dim_node(input, dim=d, keepdim=keepdim, self_sym_sizes=input._shape)
            attach(out, node)
            node._kept["indices"] = Saved(indices)
        return result(out, indices)

    function.__name__ = name
    return method(function, name)


max = _extreme("max", lambda g: builtins.max(g), MaxBackward1, MaxBackward0, _MaxResult)
min = _extreme("min", lambda g: builtins.min(g), MinBackward1, MinBackward0, _MinResult)


def _extreme_place(name, pick):
    def function(input, dim=None, keepdim=False):
        if input.dtype is bool_:
            raise RuntimeError(f"{name}(): does not support bool input")
        if dim is None:
            group = values(input)
            if not group:
                raise IndexError(
                    f"{name}(): Expected reduction dim to be specified for input.numel() == 0."
                )
            shape = (1,) * input.ndim if keepdim else ()
            return make([_first(pick, group)], shape, int64)
        d = wrap(dim, input.ndim)
        if not input.ndim:
            return make([0], (), int64)
        chosen = [_first(pick, group) for group in groups(input, [d])]
        return make(chosen, reduced_shape(input, [d], keepdim), int64)

    function.__name__ = name
    return method(function, name)


argmax = _extreme_place("argmax", lambda g: builtins.max(g))
argmin = _extreme_place("argmin", lambda g: builtins.min(g))


def _truth(name, decide):
    def function(input, dim=None, keepdim=False):
        dims = dimensions(input, dim)
        numbers = [decide(group) for group in groups(input, dims)]
        return make(numbers, reduced_shape(input, dims, keepdim and dim is not None), bool_)

    function.__name__ = name
    return method(function, name)


all = _truth("all", lambda g: builtins.all(g))
any = _truth("any", lambda g: builtins.any(g))


class AmaxBackward0(Node):
    """d amax: shared among those that are the largest."""

    saves = ("result", "self")

    def backward(self, g):
        x, result = self.saved("self"), self.saved("result")
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of amax")
        if not self._saved_keepdim:
            for d in sorted(self.dims):
                g, result = g.unsqueeze(d), result.unsqueeze(d)
        hits = x.detach() == result.detach()
        return hits * (g / hits.sum(self.dims, keepdim=True)).to(x.dtype)


class AminBackward0(AmaxBackward0):
    """d amin."""


def _along(name, pick, node_class):
    def function(input, dim=(), keepdim=False):
        dims = dimensions(input, dim)
        found = list(groups(input, dims))
        if found and not found[0]:
            refuse(f"{name} of no elements")
        numbers = [group[_first(pick, group)] for group in found]
        out = make(numbers, reduced_shape(input, dims, keepdim), input.dtype)
        if tracking(input):
            along = (dim,) if isinstance(dim, int) else tuple(dim)
            node = node_class(input, dim=along, keepdim=keepdim)
            node.dims = dims
            attach(out, node.keep(self=input), "result")
        return out

    function.__name__ = name
    return method(function, name)


amax = _along("amax", lambda g: builtins.max(g), AmaxBackward0)
amin = _along("amin", lambda g: builtins.min(g), AminBackward0)


_Aminmax = namedtuple("aminmax", ["min", "max"])
_Aminmax.__repr__ = shown


def aminmax(input, *, dim=None, keepdim=False):
    if tracking(input):
        refuse("the gradient of aminmax")
    along = () if dim is None else dim
    return _Aminmax(amin(input, along, keepdim), amax(input, along, keepdim))


method(aminmax)


class LogsumexpBackward0(Node):
    """d logsumexp."""

    saves = ("result", "self")

    def backward(self, g):
        x, result = self.saved("self"), self.saved("result")
        if not self._saved_keepdim:
            for d in sorted(self.dims):
                g, result = g.unsqueeze(d), result.unsqueeze(d)
        return g * (x - result).exp()


def logsumexp(input, dim, keepdim=False):
    dims = dimensions(input, dim)
    numbers = []
    for group in groups(input, dims):
        top = builtins.max(group, default=-inf)
        if not math.isfinite(top):
            refuse("logsumexp of inf or nan")
        numbers.append(top + math.log(math.fsum(math.exp(x - top) for x in group)))
    if input.dtype.category != FLOAT:
        refuse("logsumexp of whole numbers")
    out = make(numbers, reduced_shape(input, dims, keepdim), input.dtype)
    if tracking(input):
        node = LogsumexpBackward0(input, dim=tuple(dims), keepdim=keepdim)
        node.dims = dims
        attach(out, node.keep(self=input), "result")
    return out


method(logsumexp)


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


# Comparing whole tensors ---------------------------------------------------------------------------


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


method(allclose)
method(isclose)
method(equal)
