"""Extremes: max, min, where they are, along dimensions or of all."""

import builtins
import math
from collections import namedtuple

from torch._mini import modes
from torch._mini.dtypes import bool_, int64
from torch._mini.elementwise import divide
from torch._mini.nodes import Node, Saved, attach, tracking
from torch._mini.reductions import dimensions, groups, reduced_shape
from torch._mini.refusal import refuse
from torch._mini.shapes import wrap
from torch._mini.tensor import Tensor, make, method, values

_MaxResult = namedtuple("max", ["values", "indices"])
_MinResult = namedtuple("min", ["values", "indices"])


def shown(self):
    """How PyTorch prints a result of several tensors."""
    name = type(self).__name__
    rows = [f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True)]
    return f"torch.return_types.{name}(\n" + ",\n".join(rows) + ")"


_MaxResult.__repr__ = _MinResult.__repr__ = shown


def no_elements(name, d) -> str:
    """What PyTorch says where there is nothing to choose from along dimension d."""
    return f"{name}(): Expected reduction dim {d} to have non-zero size."


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
            raise IndexError(no_elements(name, d))
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
        found = list(groups(input, [d]))
        if found and not found[0]:
            raise IndexError(no_elements(name, d))
        chosen = [_first(pick, group) for group in found]
        return make(chosen, reduced_shape(input, [d], keepdim), int64)

    function.__name__ = name
    return method(function, name)


argmax = _extreme_place("argmax", lambda g: builtins.max(g))
argmin = _extreme_place("argmin", lambda g: builtins.min(g))


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
            if isinstance(dim, int):
                raise IndexError(no_elements(name, dims[0]))
            if dim != ():
                refuse(f"{name} of no elements")
            raise RuntimeError(
                f"{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the "
                "reduction dim with the 'dim' argument."
            )
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
