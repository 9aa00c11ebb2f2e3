"""The same memory in another shape: view, reshape, expand, squeeze and their relatives."""

import math

from torch._mini import dtypes
from torch._mini.nodes import attach, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import Size, broadcast, contiguous_strides, words, wrap
from torch._mini.tensor import Tensor, make, method, values
from torch._mini.views import _node, view_of


def _as_it_was(node, g):
    return g.reshape(node._saved_self_sym_sizes)


ViewBackward0 = _node("ViewBackward0", _as_it_was)
ReshapeAliasBackward0 = _node("ReshapeAliasBackward0", _as_it_was)
UnsafeViewBackward0 = _node("UnsafeViewBackward0", _as_it_was)
SqueezeBackward0 = _node("SqueezeBackward0", _as_it_was)
SqueezeBackward1 = _node("SqueezeBackward1", _as_it_was)
SqueezeBackward4 = _node("SqueezeBackward4", _as_it_was)
UnsqueezeBackward0 = _node("UnsqueezeBackward0", lambda n, g: g.squeeze(n._saved_dim))
ExpandBackward0 = _node("ExpandBackward0", lambda n, g: g.sum_to(tuple(n._saved_self_sym_sizes)))
AliasBackward0 = _node("AliasBackward0", lambda n, g: g)


def _unpacked(shape) -> tuple:
    """`f(2, 3)` and `f((2, 3))` mean the same."""
    if len(shape) == 1 and not hasattr(shape[0], "__index__"):
        return tuple(shape[0])
    if len(shape) == 1 and isinstance(shape[0], (tuple, list)):
        return tuple(shape[0])
    return tuple(shape)


def inferred(t, shape) -> tuple:
    """The shape with its -1 filled in."""
    if len(shape) == 1 and isinstance(shape[0], (tuple, list)):
        shape = tuple(shape[0])
    if not all(hasattr(n, "__index__") for n in shape):
        refuse("a shape of something else than whole numbers")
    shape = tuple(n.__index__() for n in shape)
    count = t.numel()
    known = math.prod(n for n in shape if n != -1)
    if shape.count(-1) > 1:
        raise RuntimeError("only one dimension can be inferred")
    wrong = f"shape '{words(shape)}' is invalid for input of size {count}"
    if any(n < -1 for n in shape):
        raise RuntimeError(f"invalid shape dimension {next(n for n in shape if n < -1)}")
    if -1 in shape:
        if known == 0 and count == 0:
            refuse("inferring a dimension of a tensor without elements")
        if known == 0 or count % known:
            raise RuntimeError(wrong)
        shape = tuple(count // known if n == -1 else n for n in shape)
    if math.prod(shape) != count:
        raise RuntimeError(wrong)
    return shape


def strides_for(t, shape):
    """The strides that give the same memory another shape; None where there are none."""
    if t.numel() == 0:
        return contiguous_strides(shape)
    if not t._shape:
        return (1,) * len(shape)
    strides, k = [0] * len(shape), len(shape) - 1
    stride, size, done = t._strides[-1], 1, 1
    # Neighbouring dimensions that lie one after the other are one run of `size` elements.
    for d in reversed(range(t.ndim)):
        size *= t._shape[d]
        if d and (t._shape[d - 1] == 1 or t._strides[d - 1] == size * stride):
            continue
        while k >= 0 and (done < size or shape[k] == 1):
            strides[k] = done * stride
            done *= shape[k]
            k -= 1
        if done != size:
            return None
        if d:
            stride, size, done = t._strides[d - 1], 1, 1
    return tuple(strides) if k < 0 else None


def view(input, *shape):
    if shape and isinstance(shape[0], dtypes.dtype):
        refuse("view as another dtype")
    shape = inferred(input, shape)
    strides = strides_for(input, shape)
    if strides is None:
        raise RuntimeError(
            "view size is not compatible with input tensor's size and stride (at least one "
            "dimension spans across two contiguous subspaces). Use .reshape(...) instead."
        )
    return view_of(
        input,
        shape,
        strides,
        input._offset,
        lambda: ViewBackward0(input, self_sym_sizes=input._shape),
    )


method(view)


@method
def view_as(input, other):
    return view(input, *other._shape)


@method
def reshape(input, *shape):
    shape = inferred(input, shape)
    strides = strides_for(input, shape)
    if strides is not None:
        node_class = ViewBackward0 if input.is_contiguous() else ReshapeAliasBackward0
        return view_of(
            input,
            shape,
            strides,
            input._offset,
            lambda: node_class(input, self_sym_sizes=input._shape),
        )
    copy = input.clone()
    out = Tensor._raw(copy._storage, shape, contiguous_strides(shape), copy._offset, copy._counter)
    if copy._strides != contiguous_strides(copy._shape):
        out = make(values(copy), shape, copy.dtype)
    if tracking(copy):
        attach(out, UnsafeViewBackward0(copy, self_sym_sizes=copy._shape))
    return out


@method
def reshape_as(input, other):
    return reshape(input, *other._shape)


@method
def flatten(input, start_dim=0, end_dim=-1):
    n = input.ndim
    if n == 0:
        return reshape(input, 1)
    a, b = wrap(start_dim, n), wrap(end_dim, n)
    if a > b:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    if a == b:
        return input
    middle = math.prod(input._shape[a : b + 1])
    return reshape(input, *input._shape[:a], middle, *input._shape[b + 1 :])


@method
def ravel(input):
    return reshape(input, -1)


def type_word(t) -> str:
    """A tensor's type within PyTorch's message about expand."""
    return "CPUBoolType" if t.dtype is dtypes.bool_ else t.type()


@method
def expand(input, *size):
    size = _unpacked(size)
    lead = len(size) - input.ndim
    if lead < 0:
        raise RuntimeError(
            f"expand({type_word(input)}{{{words(input._shape)}}}, size={words(size)}): the number of "
            f"sizes provided ({len(size)}) must be greater or equal to the number of dimensions in "
            f"the tensor ({input.ndim})"
        )
    shape, strides = [], []
    for i in reversed(range(len(size))):
        n = size[i]
        if i < lead:
            if n == -1:
                refuse("expand with -1 for a new dimension")
            shape.append(n)
            strides.append(0)
            continue
        had, stride = input._shape[i - lead], input._strides[i - lead]
        n = had if n == -1 else n
        if had not in (n, 1):
            raise RuntimeError(
                f"The expanded size of the tensor ({n}) must match the existing size ({had}) at "
                f"non-singleton dimension {i}.  Target sizes: {words(size)}.  "
                f"Tensor sizes: {words(input._shape)}"
            )
        shape.append(n)
        strides.append(stride if had == n else 0)
    return view_of(
        input,
        shape[::-1],
        strides[::-1],
        input._offset,
        lambda: ExpandBackward0(input, self_sym_sizes=input._shape),
    )


@method
def expand_as(input, other):
    return expand(input, *other._shape)


def broadcast_to(input, size):
    return expand(input, *size)


def broadcast_tensors(*tensors):
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    shape = ()
    for t in tensors:
        shape = broadcast(shape, t._shape)
    return tuple(t.expand(shape) for t in tensors)


def broadcast_shapes(*shapes):
    shape = ()
    for i, other in enumerate(shapes):
        other = (other,) if isinstance(other, int) else tuple(other)
        for k in range(1, min(len(shape), len(other)) + 1):
            if shape[-k] != other[-k] and 1 not in (shape[-k], other[-k]):
                raise RuntimeError(
                    f"Attempting to broadcast a dimension of length {other[-k]} at {-k}! Mismatching "
                    f"argument at index {i} had {other}; but expected shape should be broadcastable "
                    f"to {list(shape)}"
                )
        shape = broadcast(shape, other)
    return Size(shape)


@method
def unflatten(input, dim, sizes):
    d = wrap(dim, input.ndim)
    return view(input, *inferred_part(input, d, sizes))


def inferred_part(input, d, sizes) -> tuple:
    """The shape in which one dimension has become several."""
    n, sizes = input._shape[d], tuple(sizes)
    if math.prod(s for s in sizes if s != -1) == 0 or (-1 not in sizes and math.prod(sizes) != n):
        refuse("unflatten into sizes that do not fit")
    return (*input._shape[:d], *sizes, *input._shape[d + 1 :])


@method
def unsqueeze(input, dim):
    n = input.ndim
    if not -n - 1 <= dim <= n:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-n - 1}, {n}], but got {dim})"
        )
    d = dim if dim >= 0 else dim + n + 1
    stride = input._shape[d] * input._strides[d] if d < n else 1
    return view_of(
        input,
        (*input._shape[:d], 1, *input._shape[d:]),
        (*input._strides[:d], stride, *input._strides[d:]),
        input._offset,
        lambda: UnsqueezeBackward0(input, dim=d),
    )


@method
def squeeze(input, dim=None):
    return squeezed(input, dim)


def squeezed(input, dim=None, several=False):
    """Drop dimensions of size 1: all, or one; `several`: as a product of a vector does it."""
    if dim is None:
        kept = [i for i, n in enumerate(input._shape) if n != 1]

        def node():
            return SqueezeBackward0(input, self_sym_sizes=input._shape)
    else:
        if not isinstance(dim, int):
            refuse("squeeze of several dimensions")
        d = wrap(dim, input.ndim)
        kept = [i for i, n in enumerate(input._shape) if n != 1 or i != d]

        def node():
            if several:
                return SqueezeBackward4(input, dim=(d,), self_sym_sizes=input._shape)
            return SqueezeBackward1(input, dim=d, self_sym_sizes=input._shape)

    shape = [input._shape[i] for i in kept]
    strides = [input._strides[i] for i in kept]
    return view_of(input, shape, strides, input._offset, node)


def _of_a_size(function, words):
    """The method: a call without any size is an error there."""

    def sized(input, *size):
        if not size:
            raise TypeError(words)
        return function(input, *size)

    sized.__name__ = function.__name__
    method(sized)


_of_a_size(
    view,
    "view() received an invalid combination of arguments - got (), but expected one of:\n"
    " * (torch.dtype dtype)\n * (tuple of ints size)\n",
)
_of_a_size(reshape, 'reshape() missing 1 required positional arguments: "shape"')
_of_a_size(expand, 'expand() missing 1 required positional arguments: "size"')
