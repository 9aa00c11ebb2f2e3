"""Sums, means, extremes: many elements become one, along dimensions or altogether."""

import builtins
import math

from torch._mini import modes
from torch._mini.converting import convert
from torch._mini.dtypes import FLOAT, float32, int64, single
from torch._mini.elementwise import divide, inf
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import places, wrap
from torch._mini.sums import total
from torch._mini.tensor import make, method, values


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
