"""Putting tensors together: cat, stack and their relatives, repeat, clone, conversions."""

import math

from torch._mini.devices import device, on_cpu
from torch._mini.dtypes import (
    FLOAT,
    as_dtype,
    bool_,
    dtype,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    promote,
    uint8,
)
from torch._mini.elementwise import operand
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import words, wrap
from torch._mini.tensor import Tensor, make, method, store, values
from torch._mini.views import slice_, unbind


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


class RepeatBackward0(Node):
    """d repeat: the copies' gradients add up."""

    def backward(self, g):
        shape, times = tuple(self._saved_self_sym_sizes), tuple(self._saved_repeats)
        lead = len(times) - len(shape)
        split = []
        for n, k in zip((1,) * lead + shape, times, strict=True):
            split += [k, n]
        g = g.reshape(split).sum(list(range(0, len(split), 2)))
        return g.reshape(shape)


def repeat(input, *repeats):
    if not repeats:
        raise TypeError('repeat() missing 1 required positional arguments: "repeats"')
    if len(repeats) == 1 and not isinstance(repeats[0], int):
        repeats = tuple(repeats[0])
    lead = len(repeats) - input.ndim
    if lead < 0:
        raise RuntimeError(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
            "tensor"
        )
    out = make(values(input), (1,) * lead + input._shape, input.dtype)
    for d, times in enumerate(repeats):
        out = cat([out] * times, d) if times else refuse("repeat zero times")
    out = out._copy()
    if tracking(input):
        attach(out, RepeatBackward0(input, repeats=tuple(repeats), self_sym_sizes=input._shape))
    return out


def tile(input, *dims):
    if len(dims) == 1 and not isinstance(dims[0], int):
        dims = tuple(dims[0])
    return repeat(input, *((1,) * (input.ndim - len(dims)) + tuple(dims)))


class CloneBackward0(Node):
    """d clone."""

    def backward(self, g):
        return g


class ToCopyBackward0(Node):
    """d of a conversion: the engine converts the gradient back."""

    def backward(self, g):
        return g


def clone(input, *, memory_format=None):
    if memory_format not in (None, "contiguous"):
        refuse("clone with a memory_format")
    if memory_format is None:
        out = make_like(values(input), input._shape, input.dtype, input)
    else:
        out = input._copy()
    if tracking(input):
        attach(out, CloneBackward0(input))
    return out


def convert(input, kind, copy=False):
    """The tensor in another dtype; itself where it has that already."""
    if input.dtype is kind and not copy:
        return input
    if kind.code is None:
        refuse(repr(kind))
    if input.dtype.category == FLOAT and kind.category != FLOAT and kind is not bool_:
        numbers = values(input)
        if any(x != x or x in (math.inf, -math.inf) for x in numbers):
            refuse("nan or inf as a whole number")
    out = make_like(operand(input, kind, input._shape), input._shape, kind, input)
    if tracking(input) and kind.category == FLOAT:
        attach(
            out,
            ToCopyBackward0(input)
            if not copy or input.dtype is not kind
            else CloneBackward0(input),
        )
    return out


def to(input, *args, dtype=None, device=None, copy=False, non_blocking=False):
    for argument in args:
        if isinstance(argument, (_dtype, type)):
            dtype = as_dtype(argument)
        elif isinstance(argument, Tensor):
            dtype = argument.dtype
        elif isinstance(argument, (str, _device)) or argument is None:
            on_cpu(argument)
        else:
            refuse(f"to({argument!r})")
    on_cpu(device)
    return convert(input, as_dtype(dtype) or input.dtype, copy)


_dtype, _device = dtype, device

for _function in (repeat, tile, clone, to):
    method(_function)
method(lambda self: convert(self, float32), "float")
method(lambda self: convert(self, float64), "double")
method(lambda self: convert(self, int64), "long")
method(lambda self: convert(self, int32), "int")
method(lambda self: convert(self, int16), "short")
method(lambda self: convert(self, int8), "char")
method(lambda self: convert(self, uint8), "byte")
method(lambda self: convert(self, bool_), "bool")
method(lambda self, other: convert(self, other.dtype), "type_as")


class RollBackward0(Node):
    """d roll."""

    def backward(self, g):
        return roll(g, tuple(-k for k in self._saved_shifts), self._saved_dims or None)


def roll(input, shifts, dims=None):
    shifts = (shifts,) if isinstance(shifts, int) else tuple(shifts)
    along = () if dims is None else (dims,) if isinstance(dims, int) else tuple(dims)
    out = input.detach()
    if not along:
        if len(shifts) != 1:
            refuse("roll by several steps without dimensions")
        numbers = values(out)
        k = shifts[0] % len(numbers) if numbers else 0
        out = make(
            numbers[len(numbers) - k :] + numbers[: len(numbers) - k], input._shape, input.dtype
        )
    elif len(shifts) != len(along):
        refuse("roll by other steps than dimensions")
    for shift, d in zip(shifts if along else (), along, strict=True):
        d = wrap(d, input.ndim)
        n = input._shape[d]
        k = shift % n if n else 0
        if k:
            out = cat([slice_(out, d, n - k, n, 1), slice_(out, d, 0, n - k, 1)], d)
    out = out._copy()
    if tracking(input):
        attach(out, RollBackward0(input, shifts=shifts, dims=along))
    return out


method(roll)


def repeat_interleave(input, repeats, dim=None):
    if not isinstance(repeats, int) or tracking(input):
        refuse("repeat_interleave with a gradient, or by a tensor")
    if dim is None:
        input, dim = input.reshape(-1), 0
    d = wrap(dim, input.ndim)
    parts = [part.unsqueeze(d) for part in unbind(input, d) for _ in range(repeats)]
    return cat(parts, d) if parts else refuse("repeat_interleave of nothing")


method(repeat_interleave)


def atleast_1d(input):
    return input.reshape(1) if input.ndim == 0 else input


def atleast_2d(input):
    return (
        input.reshape(1, 1) if input.ndim == 0 else input.unsqueeze(0) if input.ndim == 1 else input
    )


def rot90(input, k=1, dims=(0, 1)):
    if tracking(input) or len(dims) != 2:
        refuse("the gradient of rot90")
    a, b = dims
    turned = [
        lambda: input.clone(),
        lambda: flip(input, b).transpose(a, b),
        lambda: flip(input, a, b),
        lambda: flip(input, a).transpose(a, b),
    ][k % 4]()
    return turned._copy() if turned._base is None else turned.detach()


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


class FlipBackward0(Node):
    """d flip."""

    def backward(self, g):
        return flip(g, *self._saved_dims)


def flip(input, *dims):
    if len(dims) == 1 and not isinstance(dims[0], int):
        dims = tuple(dims[0])
    dims = tuple(wrap(d, input.ndim) for d in dims)
    out = input.detach()
    for d in dims:
        parts = [part.unsqueeze(d) for part in reversed(unbind(out, d))]
        out = cat(parts, d) if parts else out
    out = make_like(values(out), input._shape, input.dtype, input)
    if tracking(input):
        attach(out, FlipBackward0(input, dims=dims))
    return out


method(flip)
method(rot90)


Tensor.__reversed__ = lambda self: flip(self, *range(self.ndim)) if self.ndim else self


def atleast_3d(input):
    if input.ndim == 0:
        return input.reshape(1, 1, 1)
    if input.ndim == 1:
        return input.unsqueeze(0).unsqueeze(-1)
    return input.unsqueeze(-1) if input.ndim == 2 else input


def dstack(tensors):
    return cat([atleast_3d(t) for t in _list_of_tensors("dstack", tensors)], 2)
