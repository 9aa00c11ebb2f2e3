"""Putting tensors together: cat, stack and their relatives, repeat, clone, conversions."""

import math

from torch._mini.dtypes import (
    promote,
)
from torch._mini.elementwise import operand
from torch._mini.nodes import Node, attach, tracking
from torch._mini.parts import slice_, unbind
from torch._mini.refusal import refuse
from torch._mini.shapes import words, wrap
from torch._mini.tensor import Tensor, make, store, values


class CatBackward0(Node):
    """d cat: each part gets its part."""

    def backward(self, g):
        parts, start = [], 0
        for n in self.lengths:
            parts.append(None if n is None else slice_(g, self._saved_dim, start, start + n, 1))
            start += n or 0
        return parts


class StackBackward0(Node):
    """d stack."""

    def backward(self, g):
        return unbind(g, self._saved_dim)


def _joined(tensors, d, shape, kind):
    outer = math.prod(shape[:d])
    parts = [operand(t, kind, t._shape) for t in tensors]
    widths = [len(part) // outer if outer else 0 for part in parts]
    out = []
    for i in range(outer):
        for part, width in zip(parts, widths, strict=True):
            out += part[i * width : (i + 1) * width]
    return make(out, shape, kind)


def _list_of_tensors(name, tensors):
    if isinstance(tensors, Tensor) or not isinstance(tensors, (list, tuple)):
        raise TypeError(
            f"{name}(): argument 'tensors' (position 1) must be tuple of Tensors, not "
            f"{type(tensors).__name__}"
        )
    for i, t in enumerate(tensors):
        if not isinstance(t, Tensor):
            raise TypeError(
                f"expected Tensor as element {i} in argument 0, but got {type(t).__name__}"
            )
    return list(tensors)


def cat(tensors, dim=0):
    tensors = _list_of_tensors("cat", tensors)
    if not tensors:
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    for i, t in enumerate(tensors):
        if t.ndim == 0:
            raise RuntimeError(f"zero-dimensional tensor (at position {i}) cannot be concatenated")
    real = [t for t in tensors if t._shape != (0,)] or tensors[:1]
    first = real[0]
    d = wrap(dim, first.ndim)
    length = 0
    for i, t in enumerate(real):
        if t.ndim != first.ndim:
            raise RuntimeError(
                f"Tensors must have same number of dimensions: got {first.ndim} and {t.ndim}"
            )
        for k, (a, b) in enumerate(zip(first._shape, t._shape, strict=True)):
            if k != d and a != b:
                raise RuntimeError(
                    f"Sizes of tensors must match except in dimension {d}. Expected size {a} but "
                    f"got size {b} for tensor number {i} in the list."
                )
        length += t._shape[d]
    shape = (*first._shape[:d], length, *first._shape[d + 1 :])
    out = _joined(real, d, shape, promote(*tensors))
    if tracking(*tensors):
        node = CatBackward0(*tensors, dim=dim)
        node.lengths = [t._shape[d] if t.ndim == first.ndim else None for t in tensors]
        attach(out, node)
    return out


def stack(tensors, dim=0):
    tensors = _list_of_tensors("stack", tensors)
    if not tensors:
        raise RuntimeError("stack expects a non-empty TensorList")
    first = tensors[0]
    for i, t in enumerate(tensors):
        if t._shape != first._shape:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {words(first._shape)} at "
                f"entry 0 and {words(t._shape)} at entry {i}"
            )
    d = wrap(dim, first.ndim + 1)
    shape = (*first._shape[:d], len(tensors), *first._shape[d:])
    one = (*first._shape[:d], 1, *first._shape[d:])
    parts = [make(values(t), one, t.dtype) for t in tensors]
    out = _joined(parts, d, shape, promote(*tensors))
    if tracking(*tensors):
        attach(out, StackBackward0(*tensors, dim=d))
    return out


def hstack(tensors):
    tensors = [t.reshape(1) if t.ndim == 0 else t for t in _list_of_tensors("hstack", tensors)]
    return cat(tensors, 0 if tensors and tensors[0].ndim == 1 else 1)


def vstack(tensors):
    tensors = _list_of_tensors("vstack", tensors)
    return cat([atleast_2d(t) for t in tensors], 0)


def column_stack(tensors):
    tensors = _list_of_tensors("column_stack", tensors)
    if any(t.ndim == 0 for t in tensors):
        refuse("column_stack of tensors without dimensions")
    return cat([t.reshape(-1, 1) if t.ndim == 1 else t for t in tensors], 1)


def atleast_1d(input):
    return input.reshape(1) if input.ndim == 0 else input


def atleast_2d(input):
    return (
        input.reshape(1, 1) if input.ndim == 0 else input.unsqueeze(0) if input.ndim == 1 else input
    )


def block_diag(*tensors):
    if (
        tracking(*tensors)
        or any(t.ndim != 2 for t in tensors)
        or len({t.dtype for t in tensors}) > 1
    ):
        refuse("this kind of block_diag")
    rows, columns = (sum(t._shape[k] for t in tensors) for k in (0, 1))
    out = make([0] * (rows * columns), (rows, columns), tensors[0].dtype)
    top = left = 0
    for t in tensors:
        n, m = t._shape
        store(slice_(slice_(out, 0, top, top + n, 1), 1, left, left + m, 1), values(t))
        top, left = top + n, left + m
    return out


def atleast_3d(input):
    if input.ndim == 0:
        return input.reshape(1, 1, 1)
    if input.ndim == 1:
        return input.unsqueeze(0).unsqueeze(-1)
    return input.unsqueeze(-1) if input.ndim == 2 else input


def dstack(tensors):
    return cat([atleast_3d(t) for t in _list_of_tensors("dstack", tensors)], 2)
