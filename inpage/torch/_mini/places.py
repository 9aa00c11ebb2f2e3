"""Elements by their places along a dimension: nonzero, index_select, gather, masked_fill."""

import math

from torch._mini import modes
from torch._mini.dtypes import bool_, element, float32, int64, single
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast, contiguous_strides, wrap
from torch._mini.tensor import Tensor, make, method, values


def columns_of(mask) -> list:
    """Where a mask is true: a list of places for each of its dimensions."""
    chosen = [i for i, v in enumerate(values(mask)) if v]
    steps = contiguous_strides(mask._shape)
    return [[i // s % n for i in chosen] for s, n in zip(steps, mask._shape, strict=True)]


def gathered_up(g, spots, shape):
    """Zeros of a shape, and each gradient added in the place it belongs to."""
    out = [0.0] * math.prod(shape)
    rounded = single if g.dtype is float32 else float
    for spot, gradient in zip(spots, values(g), strict=True):
        out[spot] = rounded(out[spot] + gradient)
    return make(out, shape, g.dtype)


@method
def nonzero(input, *, as_tuple=False):
    if as_tuple:
        if not input.ndim:
            refuse("nonzero without dimensions")
        return nonzero(input).unbind(1)
    columns = columns_of(input) if input.ndim else [[]]
    if not input.ndim:
        refuse("nonzero of a tensor without dimensions")
    rows = list(zip(*columns, strict=True))
    return make([i for row in rows for i in row], (len(rows), input.ndim), int64)


class IndexSelectBackward0(Node):
    """d index_select."""

    saves = ("index",)

    def backward(self, g):
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of index_select")
        shape, d = tuple(self._saved_self_sym_sizes), self._saved_dim
        spots = selected(shape, contiguous_strides(shape), 0, d, self.saved("index"))
        return gathered_up(g, spots, shape)


def selected(shape, strides, offset, dim, index) -> list:
    """Where the elements lie that `index` selects along a dimension."""
    chosen = [offset]
    for d, (n, stride) in enumerate(zip(shape, strides, strict=True)):
        steps = values(index) if d == dim else range(n)
        chosen = [start + i * stride for start in chosen for i in steps]
    return chosen


def index_select(input, dim, index):
    if index.ndim != 1 or index.dtype is not int64 or not input.ndim:
        refuse("index_select with this kind of index")
    dim = wrap(dim, input.ndim)
    n = input._shape[dim]
    if any(not 0 <= i < n for i in values(index)):
        if dim and input.ndim > 1:
            refuse("index_select beyond a later dimension")
        raise IndexError("index out of range in self")
    spots = selected(input._shape, input._strides, input._offset, dim, index)
    shape = (*input._shape[:dim], index._shape[0], *input._shape[dim + 1 :])
    numbers = input._storage.numbers
    out = make([numbers[spot] for spot in spots], shape, input.dtype)
    if tracking(input):
        node = IndexSelectBackward0(input, dim=dim, self_sym_sizes=input._shape)
        attach(out, node.keep(index=index))
    return out


method(index_select)


class GatherBackward0(Node):
    """d gather."""

    saves = ("index", "self")

    def backward(self, g):
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of gather")
        x, index = self.saved("self"), self.saved("index")
        spots = gathered(x._shape, contiguous_strides(x._shape), 0, self._saved_dim, index)
        return gathered_up(g, spots, x._shape)


def gathered(shape, strides, offset, dim, index) -> list:
    """Where the elements lie that gather takes."""
    spots = []
    for flat, place in enumerate(values(index)):
        where, rest = offset, flat
        for d, step in enumerate(contiguous_strides(index._shape)):
            at, rest = divmod(rest, step)
            where += (place if d == dim else at) * strides[d]
        spots.append(where)
    return spots


def gather(input, dim, index):
    if index.dtype is not int64:
        raise RuntimeError("gather(): Expected dtype int32/int64 for index")
    if index.ndim != input.ndim:
        raise RuntimeError("Index tensor must have the same number of dimensions as input tensor")
    dim = dim % input.ndim if input.ndim else 0
    n = input._shape[dim]
    for place in values(index):
        if not 0 <= place < n:
            raise RuntimeError(f"index {place} is out of bounds for dimension {dim} with size {n}")
    if any(
        a > b for d, (a, b) in enumerate(zip(index._shape, input._shape, strict=True)) if d != dim
    ):
        refuse("gather with an index larger than the tensor")
    spots = gathered(input._shape, input._strides, input._offset, dim, index)
    numbers = input._storage.numbers
    out = make([numbers[spot] for spot in spots], index._shape, input.dtype)
    if tracking(input):
        attach(out, GatherBackward0(input, dim=dim).keep(self=input, index=index))
    return out


method(gather)


class MaskedFillBackward0(Node):
    """d masked_fill."""

    saves = ("mask",)

    def backward(self, g):
        from torch._mini.limits import where

        return where(self.saved("mask"), 0.0, g)


def masked_fill(input, mask, value):
    from torch._mini.limits import where

    if isinstance(value, Tensor):
        refuse("masked_fill with a tensor")
    broadcast(mask._shape, input._shape)
    if mask.dtype is not bool_:
        raise RuntimeError(
            f"masked_fill_ only supports boolean masks, but got mask with dtype {mask.dtype.word}"
        )
    before, modes.recording[0] = modes.recording[0], False
    try:
        out = where(mask, element(value, input.dtype), input).to(input.dtype)._copy()
    finally:
        modes.recording[0] = before
    if tracking(input):
        attach(out, MaskedFillBackward0(input).keep(mask=mask))
    return out


method(masked_fill)
