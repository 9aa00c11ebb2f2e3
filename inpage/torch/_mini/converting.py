"""Copies, and conversions from one dtype to another."""

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
    uint8,
)
from torch._mini.elementwise import operand
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor, method, values


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
        elif isinstance(argument, (str, int, _device)) or argument is None:
            on_cpu(argument)
        else:
            refuse(f"to({argument!r})")
    on_cpu(device)
    return convert(input, as_dtype(dtype) or input.dtype, copy)


def cuda(input, device=None, non_blocking=False):
    on_cpu("cuda" if device is None else device)
    refuse("cuda() to the CPU")


_dtype, _device = dtype, device
method(clone)
method(to)
method(cuda)
method(lambda self: convert(self, float32), "float")
method(lambda self: convert(self, float64), "double")
method(lambda self: convert(self, int64), "long")
method(lambda self: convert(self, int32), "int")
method(lambda self: convert(self, int16), "short")
method(lambda self: convert(self, int8), "char")
method(lambda self: convert(self, uint8), "byte")
method(lambda self: convert(self, bool_), "bool")
method(lambda self, other: convert(self, other.dtype), "type_as")
