"""Indexing by lists of places and by masks: a copy is taken, or the places are overwritten."""

from torch._mini import modes
from torch._mini.dtypes import FLOAT, bool_, element, int64
from torch._mini.inplace import changed, may_change
from torch._mini.nodes import Node, attach, tracking
from torch._mini.places import columns_of, gathered_up
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast, contiguous_strides, places, words
from torch._mini.tensor import Tensor, make, spread, values


class IndexBackward0(Node):
    """d t[places]: each place gets the sum of the gradients that went through it."""

    lists = ("indices",)

    def backward(self, g):
        shape, indices = tuple(self._saved_self_sym_sizes), self.saved("indices")
        spots, _ = spots_of(shape, contiguous_strides(shape), 0, indices)
        out = gathered_up(g, spots, shape)
        if tracking(g):
            node = IndexPutBackward0(None, g)
            node.keep(indices=indices).value_shape = g._shape
            attach(out, node)
        return out


class IndexPutBackward0(Node):
    """d t[places or mask] = value."""

    lists = ("indices",)

    def backward(self, g):
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative through t[...] = ...")
        spots, shape = spots_of(g._shape, contiguous_strides(g._shape), 0, self.saved("indices"))
        numbers = values(g)
        chosen = make([numbers[i] for i in spots], shape, g.dtype)
        for i in spots:
            numbers[i] = 0.0
        first = make(numbers, g._shape, g.dtype) if self.needs[0] else None
        second = chosen.sum_to(self.value_shape) if self.needs[1] else None
        return first, second


def is_advanced(key) -> bool:
    """Whether a key is a list or a tensor of places, or a mask."""
    if isinstance(key, (list, range)):
        return True
    return isinstance(key, Tensor) and (key.ndim > 0 or key.dtype is bool_)


def as_index(key) -> Tensor:
    """A list of places as a tensor."""
    if isinstance(key, (list, tuple, range)):
        from torch._mini.creation import tensor

        index = tensor(list(key))
        return index.long() if not len(key) else index
    return key


def _by_dimension(shape, indices) -> list:
    """For each dimension the tensor of places along it, or None; a mask stands for several."""
    plain: list = []
    for index in indices:
        if index is None:
            plain.append(None)
        elif not index.ndim:
            refuse("an index without dimensions beside others, or a single truth value")
        elif index.dtype is bool_:
            plain += _places_of_mask(index, shape, len(plain))
        elif index.dtype.category == FLOAT:
            raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
        else:
            plain.append(index)
    if len(plain) > len(shape):
        raise IndexError(f"too many indices for tensor of dimension {len(shape)}")
    return plain + [None] * (len(shape) - len(plain))


def _places_of_mask(mask, shape, at) -> list:
    if at + mask.ndim > len(shape):
        raise IndexError(f"too many indices for tensor of dimension {len(shape)}")
    for i, n in enumerate(mask._shape):
        if n != shape[at + i]:
            raise IndexError(
                f"The shape of the mask {words(mask._shape)} at index {i} does not match the "
                f"shape of the indexed tensor {words(shape)} at index {at + i}"
            )
    return [make(column, (len(column),), int64) for column in columns_of(mask)]


def _rows(index, n, place) -> list[int]:
    """The places that an index tensor names along one dimension of size n."""
    rows = []
    for i in index:
        if not -n <= i < n:
            raise IndexError(f"index {i} is out of bounds for dimension {place} with size {n}")
        rows.append(i + n if i < 0 else i)
    return rows


def spots_of(shape, strides, offset, indices):
    """Where the chosen elements lie in memory, in the order of the result, and its shape."""
    plain = _by_dimension(shape, indices)
    along = [d for d, index in enumerate(plain) if index is not None]
    head = ()
    try:
        for d in along:
            head = broadcast(head, plain[d]._shape)
    except RuntimeError:
        raise IndexError(
            "shape mismatch: indexing tensors could not be broadcast together with shapes "
            + ", ".join(words(plain[d]._shape) for d in along)
        ) from None
    columns = [
        [row * strides[d] for row in _rows(spread(plain[d], head), shape[d], k)]
        for k, d in enumerate(along)
    ]
    chosen = [sum(steps) for steps in zip(*columns, strict=True)]
    # Where the lists stand side by side, their dimensions take that place; else they come first.
    together = along[-1] - along[0] == len(along) - 1
    before = list(range(along[0])) if together else []
    after = [d for d in range(len(shape)) if d not in along and d not in before]
    outer = places([shape[d] for d in before], [strides[d] for d in before], offset)
    inner = places([shape[d] for d in after], [strides[d] for d in after], 0)
    spots = [a + b + c for a in outer for b in chosen for c in inner]
    return spots, (*(shape[d] for d in before), *head, *(shape[d] for d in after))


def take(input, indices):
    """A copy of the chosen elements; indices: tensors, None for whole dimensions."""
    spots, shape = spots_of(input._shape, input._strides, input._offset, indices)
    numbers = input._storage.numbers
    out = make([numbers[spot] for spot in spots], shape, input.dtype)
    if tracking(input):
        attach(out, IndexBackward0(input, self_sym_sizes=input._shape).keep(indices=indices))
    return out


def put(input, indices, value):
    """Overwrite the chosen elements."""
    may_change(input, value)
    spots, shape = spots_of(input._shape, input._strides, input._offset, indices)
    if isinstance(value, Tensor):
        numbers = _fitting(input, value, shape)
    else:
        numbers = [element(value, input.dtype)] * len(spots)
    node = None
    if tracking(input, value):
        node = IndexPutBackward0(input, value if isinstance(value, Tensor) else None)
        node.keep(indices=indices)
        node.value_shape = value._shape if isinstance(value, Tensor) else ()
    for spot, number in zip(spots, numbers, strict=True):
        input._storage.numbers[spot] = number
    changed(input, node)


def _fitting(input, value, shape) -> list:
    """The elements of a value, broadcast to the shape of the places."""
    fits = len(value._shape) <= len(shape) and all(
        n in (1, m) for n, m in zip(reversed(value._shape), reversed(shape), strict=False)
    )
    if not fits:
        raise RuntimeError(
            f"shape mismatch: value tensor of shape {words(value._shape)} cannot be broadcast "
            f"to indexing result of shape {words(shape)}"
        )
    if value.dtype is not input.dtype:
        raise RuntimeError(
            "Index put requires the source and destination dtypes match, got "
            f"{input.dtype.word} for the destination and {value.dtype.word} for the source."
        )
    return spread(value, shape)
