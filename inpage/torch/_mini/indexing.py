"""Indexing: t[...], t[...] = ..., with numbers, slices, masks and lists of places."""

import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT, bool_, element, float32, int64, single
from torch._mini.inplace import changed, copy_, fill_, may_change
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast, contiguous_strides, places, words, wrap
from torch._mini.tensor import Tensor, make, method, spread, values
from torch._mini.views import TO_THE_END, AliasBackward0, select, slice_, unsqueeze, view_of


class IndexBackward0(Node):
    """d t[places]: each place gets the sum of the gradients that went through it."""

    lists = ("indices",)

    def backward(self, g):
        shape, indices = tuple(self._saved_self_sym_sizes), self.saved("indices")
        spots, _ = _spots(shape, contiguous_strides(shape), 0, indices)
        out = _gathered_up(g, spots, shape)
        if tracking(g):
            node = IndexPutBackward0(None, g)
            node.keep(indices=indices).value_shape = g._shape
            attach(out, node)
        return out


def _gathered_up(g, spots, shape):
    """Zeros of a shape, and each gradient added in the place it belongs to."""
    out = [0.0] * math.prod(shape)
    rounded = single if g.dtype is float32 else float
    for spot, gradient in zip(spots, values(g), strict=True):
        out[spot] = rounded(out[spot] + gradient)
    return make(out, shape, g.dtype)


def _rows(index, n, dim) -> list[int]:
    """The places that an index tensor names along one dimension of size n."""
    rows = []
    for place in values(index):
        if not -n <= place < n:
            raise IndexError(f"index {place} is out of bounds for dimension {dim} with size {n}")
        rows.append(place + n if place < 0 else place)
    return rows


def _spots(shape, strides, offset, indices):
    """Where the chosen elements lie, and their shape; indices: tensors for the first dimensions."""
    plain = []
    covered = sum(i.ndim if i.dtype is bool_ else 1 for i in indices)
    if covered > len(shape):
        raise IndexError(f"too many indices for tensor of dimension {len(shape)}")
    for index in indices:
        if not index.ndim:
            refuse("an index without dimensions beside others, or a single truth value")
        if index.dtype is bool_:
            k = len(plain)
            covered = shape[k : k + index.ndim]
            if index._shape != tuple(covered):
                at = next(
                    (
                        i
                        for i in range(index.ndim)
                        if i >= len(covered) or index._shape[i] != covered[i]
                    ),
                    0,
                )
                raise IndexError(
                    f"The shape of the mask {words(index._shape)} at index {at} does not match the "
                    f"shape of the indexed tensor {words(shape)} at index {at}"
                )
            chosen = [i for i, v in enumerate(values(index)) if v]
            steps = contiguous_strides(index._shape)
            for step, n in zip(steps, index._shape, strict=True):
                rows = [i // step % n for i in chosen]
                plain.append(make(rows, (len(rows),), int64))
        elif index.dtype.category == FLOAT:
            raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
        else:
            plain.append(index)
    if len(plain) > len(shape):
        raise IndexError(f"too many indices for tensor of dimension {len(shape)}")
    head = ()
    try:
        for index in plain:
            head = broadcast(head, index._shape)
    except RuntimeError:
        raise IndexError(
            "shape mismatch: indexing tensors could not be broadcast together with shapes "
            + ", ".join(words(index._shape) for index in plain)
        ) from None
    columns = []
    for d, index in enumerate(plain):
        wide = make(spread(index, head), head, index.dtype)
        columns.append(_rows(wide, shape[d], d))
    starts = [
        offset + sum(place * strides[d] for d, place in enumerate(row))
        for row in zip(*columns, strict=True)
    ]
    rest, rest_strides = shape[len(plain) :], strides[len(plain) :]
    inner = places(rest, rest_strides, 0)
    return [start + k for start in starts for k in inner], (*head, *rest)


def _as_index(key) -> Tensor:
    if isinstance(key, (list, tuple, range)):
        from torch._mini.creation import tensor

        index = tensor(list(key))
        return index.long() if not len(key) else index
    return key


def _is_advanced(key) -> bool:
    """Whether a key is a list or a tensor of places, or a mask."""
    if isinstance(key, (list, range)):
        return True
    return isinstance(key, Tensor) and (key.ndim > 0 or key.dtype is bool_)


def _take(input, indices):
    indices = [_as_index(index) for index in indices]
    spots, shape = _spots(input._shape, input._strides, input._offset, indices)
    numbers = input._storage.numbers
    out = make([numbers[spot] for spot in spots], shape, input.dtype)
    if tracking(input):
        kept = [i.nonzero().squeeze(1) if i.dtype is bool_ and i.ndim == 1 else i for i in indices]
        if any(i.dtype is bool_ for i in kept):
            kept = [make(column, (len(column),), int64) for column in _columns(indices[0])]
        attach(out, IndexBackward0(input, self_sym_sizes=input._shape).keep(indices=kept))
    return out


def _columns(mask):
    chosen = [i for i, v in enumerate(values(mask)) if v]
    steps = contiguous_strides(mask._shape)
    return [[i // s % n for i in chosen] for s, n in zip(steps, mask._shape, strict=True)]


def _getitem(input, key):
    keys = key if isinstance(key, tuple) else (key,)
    if all(_is_advanced(k) for k in keys) and keys:
        return _take(input, keys)
    if any(_is_advanced(k) for k in keys):
        return _mixed(input, keys)
    return _basic(input, keys)


def _mixed(input, keys):
    """One list of places or mask beside whole slices: x[:, [0, 2]], x[mask, 0], x[[0, 1], :]."""
    if sum(_is_advanced(k) for k in keys) != 1 or any(k is None or k is Ellipsis for k in keys):
        refuse("this kind of index")
    at = next(i for i, k in enumerate(keys) if _is_advanced(k))
    index = _as_index(keys[at])
    if index.ndim != 1:
        refuse("this kind of index")
    if any(not isinstance(k, slice) for i, k in enumerate(keys) if i != at):
        refuse("lists of places beside numbers")
    rest = tuple(k if i != at else slice(None) for i, k in enumerate(keys))
    part = input if all(k == slice(None) for k in rest) else _basic(input, rest)
    if at == 0:
        return _take(part, (index,))
    if tracking(input):
        refuse("the gradient of a list of places in a later dimension")
    order = [at, *(d for d in range(part.ndim) if d != at)]
    back = [order.index(d) for d in range(part.ndim)]
    return _take(part.permute(*order), (index,)).permute(*back).contiguous()


def _basic(input, keys):
    """Numbers, slices, None and `...`: a view."""
    used = sum(k is not None and k is not Ellipsis and not isinstance(k, bool) for k in keys)
    if input.ndim == 0 and len(keys) == 1 and isinstance(keys[0], slice):
        raise IndexError("slice() cannot be applied to a 0-dim tensor.")
    if input.ndim == 0 and len(keys) == 1 and used:
        raise IndexError(
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or "
            "`tensor.item<T>()` in C++ to convert a 0-dim tensor to a number"
        )
    if used > input.ndim:
        raise IndexError(f"too many indices for tensor of dimension {input.ndim}")
    if sum(k is Ellipsis for k in keys) > 1:
        refuse("an index with two ellipses")
    dim, out = 0, input
    for k in keys:
        if isinstance(k, (bool, tuple)):
            refuse("this kind of index")
        if k is None:
            out = unsqueeze(out, dim)
            dim += 1
        elif k is Ellipsis:
            dim += input.ndim - used
        elif isinstance(k, slice):
            out = _sliced(out, dim, k)
            dim += 1
        elif isinstance(k, Tensor) and k.dtype.category == FLOAT:
            raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
        elif hasattr(k, "__index__"):
            out = select(out, dim, k.__index__())
        else:
            raise IndexError(
                "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables "
                f"are valid indices (got {type(k).__name__})"
            )
    if out is not input:
        return out
    if any(isinstance(k, slice) for k in keys):
        return slice_(input, 0, 0, TO_THE_END, 1)
    return view_of(
        input, input._shape, input._strides, input._offset, lambda: AliasBackward0(input)
    )


def _is_whole(key) -> bool:
    return key.start in (None, 0) and key.stop in (None, TO_THE_END) and key.step in (None, 1)


def _sliced(t, dim, key):
    if key.step is not None and key.step.__index__() <= 0:
        raise ValueError("step must be greater than zero")
    start, stop = (None if k is None else k.__index__() for k in (key.start, key.stop))
    step = 1 if key.step is None else key.step.__index__()
    if _is_whole(key):
        return t
    return slice_(t, dim, 0 if start is None else start, TO_THE_END if stop is None else stop, step)


def _setitem(input, key, value):
    keys = key if isinstance(key, tuple) else (key,)
    if not isinstance(value, (Tensor, int, float)):
        raise TypeError(f"can't assign a {type(value).__name__} to a {input.type()}")
    if any(_is_advanced(k) for k in keys):
        return _put(input, keys, value)
    whole = all(k is Ellipsis or (isinstance(k, slice) and _is_whole(k)) for k in keys)
    target = input if whole else _basic(input, keys)
    if isinstance(value, Tensor):
        if value.ndim == 0 and target.ndim:
            fill_(target, value)
            return None
        while value.ndim > target.ndim and value._shape[0] == 1:
            value = value.reshape(value._shape[1:])
        copy_(target, value.expand(target._shape) if value._shape != target._shape else value)
        return None
    kind = input.dtype
    number = make([element(value, kind)], (), kind)
    fill_(target, number) if target.ndim else copy_(target, number)
    return None


class IndexPutBackward0(Node):
    """d t[mask or places] = value."""

    lists = ("indices",)

    def backward(self, g):
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative through t[...] = ...")
        spots, shape = _spots(g._shape, contiguous_strides(g._shape), 0, self.saved("indices"))
        numbers = values(g)
        chosen = make([numbers[i] for i in spots], shape, g.dtype)
        for i in spots:
            numbers[i] = 0.0
        first = make(numbers, g._shape, g.dtype) if self.needs[0] else None
        second = chosen.sum_to(self.value_shape) if self.needs[1] else None
        return first, second


def _put(input, keys, value):
    if not all(_is_advanced(k) for k in keys):
        refuse("writing through this kind of index")
    may_change(input, value)
    indices = [_as_index(k) for k in keys]
    spots, shape = _spots(input._shape, input._strides, input._offset, indices)
    if isinstance(value, Tensor):
        if broadcast(shape, value._shape) != tuple(shape):
            raise RuntimeError(
                f"shape mismatch: value tensor of shape {words(value._shape)} cannot be broadcast "
                f"to indexing result of shape {words(shape)}"
            )
        if value.dtype is not input.dtype:
            raise RuntimeError(
                "Index put requires the source and destination dtypes match, got "
                f"{input.dtype.word} for the destination and {value.dtype.word} for the source."
            )
        numbers = spread(value, shape)
    else:
        numbers = [element(value, input.dtype)] * len(spots)
    node = None
    if tracking(input, value):
        if any(i.dtype is bool_ for i in indices):
            refuse("writing through a mask while autograd records")
        node = IndexPutBackward0(input, value if isinstance(value, Tensor) else None)
        node.keep(indices=indices)
        node.value_shape = value._shape if isinstance(value, Tensor) else ()
    for spot, number in zip(spots, numbers, strict=True):
        input._storage.numbers[spot] = number
    changed(input, node)
    return None


Tensor.__getitem__, Tensor.__setitem__ = _getitem, _setitem


@method
def nonzero(input, *, as_tuple=False):
    if as_tuple:
        columns = _columns(input) if input.ndim else refuse("nonzero without dimensions")
        return tuple(make(column, (len(column),), int64) for column in columns)
    columns = _columns(input) if input.ndim else [[]]
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
        spots = _selected(shape, contiguous_strides(shape), 0, d, self.saved("index"))
        return _gathered_up(g, spots, shape)


def _selected(shape, strides, offset, dim, index):
    """Where the elements lie that `index` selects along a dimension."""
    chosen = [offset + 0 * dim]
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
    spots = _selected(input._shape, input._strides, input._offset, dim, index)
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
        spots = _gathered(x._shape, contiguous_strides(x._shape), 0, self._saved_dim, index)
        return _gathered_up(g, spots, x._shape)


def _gathered(shape, strides, offset, dim, index):
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
    spots = _gathered(input._shape, input._strides, input._offset, dim, index)
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
        from torch._mini.functions import where

        return where(self.saved("mask"), 0.0, g)


def masked_fill(input, mask, value):
    from torch._mini.functions import where

    if isinstance(value, Tensor):
        refuse("masked_fill with a tensor")
    if mask.dtype is not bool_:
        raise RuntimeError(
            f"masked_fill_ only supports boolean masks, but got mask with dtype {mask.dtype.word}"
        )
    before, modes.recording[0] = modes.recording[0], False
    try:
        out = where(mask, element(value, input.dtype), input).to(input.dtype)
    finally:
        modes.recording[0] = before
    if tracking(input):
        attach(out, MaskedFillBackward0(input).keep(mask=mask))
    return out


method(masked_fill)
