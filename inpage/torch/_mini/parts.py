"""Parts of a tensor, as views: select, slices, unbind, split, windows."""

import math
from itertools import pairwise

from torch._mini import dtypes, modes
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import words, wrap
from torch._mini.tensor import Tensor, make, method, values
from torch._mini.views import _embed, _node, view_of

SelectBackward0 = _node(
    "SelectBackward0",
    lambda n, g: _embed(n, g, lambda out: select(out, n._saved_dim, n._saved_index)),
)
SliceBackward0 = _node(
    "SliceBackward0",
    lambda n, g: _embed(
        n, g, lambda out: slice_(out, n._saved_dim, n._saved_start, n._saved_end, n._saved_step)
    ),
)


def select(input, dim, index):
    dim = wrap(dim, input.ndim)
    n = input._shape[dim]
    if not -n <= index < n:
        raise IndexError(f"index {index} is out of bounds for dimension {dim} with size {n}")
    start = index + n if index < 0 else index
    return view_of(
        input,
        input._shape[:dim] + input._shape[dim + 1 :],
        input._strides[:dim] + input._strides[dim + 1 :],
        input._offset + start * input._strides[dim],
        lambda: SelectBackward0(input, dim=dim, index=index, self_sym_sizes=input._shape),
    )


method(select)

TO_THE_END = 2**63 - 1


def slice_(input, dim, start, stop, step):
    """A slice along one dimension."""
    n = input._shape[dim]
    first, last, step = slice(start, stop, step).indices(n)
    count = max((last - first + step - 1) // step, 0)
    shape, strides = list(input._shape), list(input._strides)
    offset = input._offset + (first if count else min(first, n)) * strides[dim]
    shape[dim], strides[dim] = count, strides[dim] * step
    facts = {"dim": dim, "start": start, "end": stop, "step": step}
    return view_of(
        input,
        shape,
        strides,
        offset,
        lambda: SliceBackward0(input, self_sym_sizes=input._shape, **facts),
    )


@method
def narrow(input, dim, start, length):
    if not input.ndim:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    dim = wrap(dim, input.ndim)
    n = input._shape[dim]
    if not 0 <= start <= n or length < 0 or start + length > n:
        refuse("narrow beyond the tensor")
    return slice_(input, dim, start, start + length, 1)


class _Parts(Node):
    """The node of several views that one operation makes."""

    def all_parts(self, gradients):
        """The gradients, zeros where none has come."""
        if not isinstance(gradients, list):
            gradients = [gradients]
        return [
            make([0.0] * math.prod(out.shape), out.shape, out.dtype) if g is None else g
            for g, out in zip(gradients, self.outputs, strict=True)
        ]


class UnbindBackward0(_Parts):
    """d unbind."""

    def backward(self, gradients):
        from torch._mini.joining import stack

        return stack(self.all_parts(gradients), self._saved_dim)


class SplitBackward0(_Parts):
    """d split."""

    def backward(self, gradients):
        from torch._mini.joining import cat

        return cat(self.all_parts(gradients), self._saved_dim)


class SplitWithSizesBackward0(SplitBackward0):
    """d split into parts of given sizes."""


def _several(input, parts, node_class, **facts) -> tuple:
    """Give several views the one node that made them."""
    for part in parts:
        part._kind_of_view = "several" if modes.recording[0] else "no_grad"
    if tracking(input):
        node = node_class(input, **facts)
        for part in parts:
            attach(part, node)
            part._kind_of_view = "several"
    return tuple(parts)


@method
def unbind(input, dim=0):
    d = wrap(dim, input.ndim)
    if not input.ndim:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    parts = [_bare(select, input, d, i) for i in range(input._shape[d])]
    return _several(input, parts, UnbindBackward0, dim=d)


def _bare(function, input, *args):
    """A view whose history comes later."""
    before, modes.recording[0] = modes.recording[0], False
    try:
        part = function(input, *args)
    finally:
        modes.recording[0] = before
    if before:
        part._requires = False
    return part


@method
def split(tensor, split_size_or_sections, dim=0):
    if not tensor.ndim:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    d = wrap(dim, tensor.ndim)
    n = tensor._shape[d]
    sizes = split_size_or_sections
    if isinstance(sizes, int):
        if sizes <= 0:
            refuse("split into parts of no size")
        starts = range(0, max(n, 1), sizes)
        parts = [_bare(slice_, tensor, d, i, min(i + sizes, n), 1) for i in starts]
        facts = {"split_size": sizes, "self_sym_sizes": tensor._shape}
        return _several(tensor, parts, SplitBackward0, dim=d, **facts)
    sizes = list(sizes)
    if sum(sizes) != n:
        raise RuntimeError(
            f"split_with_sizes expects split_sizes to sum exactly to {n} (input tensor's size at "
            f"dimension {d}), but got split_sizes={words(sizes)}"
        )
    parts, start = [], 0
    for size in sizes:
        parts.append(_bare(slice_, tensor, d, start, start + size, 1))
        start += size
    facts = {"split_sizes": tuple(sizes), "self_sym_sizes": tensor._shape}
    return _several(tensor, parts, SplitWithSizesBackward0, dim=d, **facts)


@method
def chunk(input, chunks, dim=0):
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    n = input._shape[wrap(dim, input.ndim)]
    if not n:
        refuse("chunks of a tensor without elements")
    return split(input, max(-(-n // chunks), 1), dim)


@method
def tensor_split(input, indices_or_sections, dim=0):
    """Parts that need not be of one size: so many, or cut at these places."""
    if not input.ndim:
        raise RuntimeError(
            "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims"
        )
    d = wrap(dim, input.ndim)
    n, cuts = input._shape[d], indices_or_sections
    if isinstance(cuts, Tensor):
        refuse("tensor_split by a tensor")
    if isinstance(cuts, int):
        if cuts <= 0:
            raise RuntimeError(f"number of sections must be larger than 0, got {cuts}")
        size, more = divmod(n, cuts)
        cuts = [i * size + min(i, more) for i in range(1, cuts)]
    ends = [0, *cuts, n]
    return tuple(slice_(input, d, a, b, 1) for a, b in pairwise(ends))


class UnfoldBackward0(Node):
    """d unfold: an element that stands in several windows gets all their gradients."""

    def backward(self, g):
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of unfold")
        shape = tuple(self._saved_self_sym_sizes)
        out = [0.0] * math.prod(shape)
        whole = make(range(len(out)), shape, dtypes.int64)
        windows = unfold(whole, self._saved_dimension, self._saved_size, self._saved_step)
        for place, gradient in zip(values(windows), values(g), strict=True):
            out[place] += gradient
        return make(out, shape, g.dtype)


@method
def unfold(input, dimension, size, step):
    """Windows along a dimension, as a view."""
    if not input.ndim:
        refuse("unfold of a tensor without dimensions")
    d = wrap(dimension, input.ndim)
    n = input._shape[d]
    if size > n:
        raise RuntimeError(f"maximum size for tensor at dimension {d} is {n} but size is {size}")
    if step <= 0:
        raise RuntimeError(f"step is {step} but must be > 0")
    count = (n - size) // step + 1
    return view_of(
        input,
        (*input._shape[:d], count, *input._shape[d + 1 :], size),
        (
            *input._strides[:d],
            step * input._strides[d],
            *input._strides[d + 1 :],
            input._strides[d],
        ),
        input._offset,
        lambda: UnfoldBackward0(
            input, dimension=d, size=size, step=step, self_sym_sizes=input._shape
        ),
    )
