"""How results lie in memory: as their operands do (aten/src/ATen/TensorIterator.cpp)."""

from torch._mini.shapes import is_contiguous
from torch._mini.tensor import Tensor, make


def make_like(numbers, shape, kind, *operands) -> Tensor:
    """A new tensor of these numbers, in row-major order, laid out in memory as its operands are."""
    if all(not isinstance(t, Tensor) or is_contiguous(t._shape, t._strides) for t in operands):
        return make(numbers, shape, kind)
    tensors = [t for t in operands if isinstance(t, Tensor)]
    order = _fastest_first([_wide_strides(t, shape) for t in tensors], shape)
    strides, step = [0] * len(shape), 1
    for d in order:
        strides[d] = step
        step *= max(shape[d], 1)
    plain = make(numbers, shape, kind)
    turned = plain.permute(*reversed(order))
    memory = turned._copy()._storage
    return Tensor._raw(memory, shape, strides, 0)


def _wide_strides(t, shape) -> list:
    """The strides of a tensor that is broadcast to a shape."""
    lead = len(shape) - len(t._shape)
    own = [
        0 if n == 1 and shape[lead + d] != 1 else stride
        for d, (n, stride) in enumerate(zip(t._shape, t._strides, strict=True))
    ]
    return [0] * lead + own


def _fastest_first(all_strides, shape) -> list:
    """The dimensions, that first whose neighbours lie next to each other in the operands."""
    order = list(reversed(range(len(shape))))

    def compare(a, b) -> int:
        for strides in all_strides:
            if strides[a] == 0 or strides[b] == 0:
                continue
            if strides[a] != strides[b]:
                return -1 if strides[a] < strides[b] else 1
            if shape[a] > shape[b]:
                return 1
        return 0

    for i in range(1, len(order)):
        at = i
        for before in reversed(range(i)):
            which = compare(order[before], order[at])
            if which > 0:
                order[before], order[at] = order[at], order[before]
                at = before
            elif which < 0:
                break
    return order
