"""Views: tensors that share another's memory, and their history when that memory is changed."""

import math
from itertools import pairwise

from torch._mini import dtypes, modes
from torch._mini.nodes import Node, Output, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.second import linear
from torch._mini.shapes import Size, broadcast, contiguous_strides, words, wrap
from torch._mini.tensor import Tensor, make, method, store, values
from torch._mini.warn import warn


def view_of(t, shape, strides, offset, node=None) -> Tensor:
    """A view of `t`'s memory; `node` makes its history where autograd records."""
    out = Tensor._raw(t._storage, shape, strides, offset, t._counter)
    if t._detached:
        out._detached = True  # a view of a detached tensor has no base either
        return out
    out._base = t if t._base is None else t._base
    out._seen = t._counter.changes
    if t.requires_grad:
        if modes.recording[0]:
            out._kind_of_view = "recorded"
            if node is not None:
                attach(out, node())
        else:
            out._kind_of_view = "no_grad"
    elif not modes.recording[0]:
        out._kind_of_view = "no_grad"
    if t._kind_of_view in ("several", "no_grad") and out._kind_of_view != "no_grad":
        out._kind_of_view = t._kind_of_view  # a view of such a view is of its kind
    return out


class AsStridedBackward0(Node):
    """The history of a view after its base was changed: a part of the base's memory."""

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative through a view of what was changed")
        shape = tuple(self._saved_self_sym_sizes)
        out = make([0.0] * math.prod(shape), shape, g.dtype)
        place = (self._saved_size, self._saved_stride, self._saved_storage_offset)
        store(Tensor._raw(out._storage, *place), values(g))
        return out


OVERLAP = (
    "unsupported operation: more than one element of the written-to tensor refers to a single "
    "memory location. Please clone() the tensor before performing the operation."
)
UNDER_NO_GRAD = (
    "A view was created in no_grad mode and {} modified inplace with grad mode enabled. Given "
    "that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by "
    "moving both the view and the inplace either both inside the no_grad block (if you don't want "
    "the inplace to be tracked) or both outside (if you want the inplace to be tracked)."
)
ONE_OF_SEVERAL = (
    "Output {} of {} is a view and {} modified inplace. This view is the output of a function "
    "that returns multiple views. Such functions do not allow the output views to be modified "
    "inplace. You should replace the inplace operation by an out-of-place one."
)


def forbid_change(view, how: str) -> None:
    """Raise where a view is of a kind that must not be changed; how: by itself, or by its base."""
    if view._kind_of_view == "no_grad":
        raise RuntimeError(UNDER_NO_GRAD.format(how))
    if view._kind_of_view == "several":
        name = view._node.name().partition("Backward")[0] if view._node else "None"
        raise RuntimeError(ONE_OF_SEVERAL.format(view._slot, name, how))


def renew_history(view) -> None:
    """Give a view the history that it has after a change of its memory in place."""
    base = view._base
    if view._node is None and not base.requires_grad:
        return
    forbid_change(view, "its base or another view of its base has been")
    view._seen = view._counter.changes
    if base.grad_fn is None and view._node is None and not view._requires:
        return
    node = AsStridedBackward0(
        base,
        size=view._shape,
        stride=view._strides,
        storage_offset=view._offset,
        self_sym_sizes=base._shape,
    )
    view._requires, view._node, view._slot = True, node, 0
    node.outputs = [Output(view)]


class CopySlices(Node):
    """A part of a tensor was overwritten: the gradient goes through there, and around it."""

    def __init__(self, base, view, inner):
        super().__init__(base)
        self.inner = inner
        self.place = (view._shape, view._strides, view._offset)
        self.base_shape, self.base_dtype = base._shape, base.dtype
        self.next_functions = (*self.next_functions, *inner.next_functions[1:])
        self.needs = (*self.needs, *inner.needs[1:])
        inner.outputs = [Output(view)]

    def name(self):
        return "torch::autograd::CopySlices"

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative through a part that was overwritten")
        shape, strides, _ = self.place
        if any(n > 1 and stride == 0 for n, stride in zip(shape, strides, strict=True)):
            raise RuntimeError(OVERLAP)
        whole = g._copy()
        part = Tensor._raw(whole._storage, *self.place)
        results = self.inner.backward(part._copy())
        if not isinstance(results, (tuple, list)):
            results = (results,)
        first = results[0]
        store(part, values(first) if first is not None else [0.0] * part.numel())
        return (whole if self.needs[0] else None, *results[1:])

    def release(self):
        super().release()
        self.inner.release()


def _node(name, rule):
    """A node of a view, whose gradient is a function of it and of the node's facts."""
    return type(name, (Node,), {"backward": lambda self, g: rule(self, g), "__doc__": f"d {name}."})


def _embed(node, g, pick):
    """Zeros of the input's shape, the gradient in the place that `pick` views."""
    shape = tuple(node._saved_self_sym_sizes)
    out = make([0.0] * math.prod(shape), shape, g.dtype)
    store(pick(out.detach()), values(g))
    name = node.name().replace("Backward0", "BackwardBackward0")
    return linear(name, out, g, pick)


def _as_it_was(node, g):
    return g.reshape(node._saved_self_sym_sizes)


PermuteBackward0 = _node(
    "PermuteBackward0",
    lambda n, g: g.permute(sorted(range(len(n._saved_dims)), key=lambda i: n._saved_dims[i])),
)
TBackward0 = _node("TBackward0", lambda n, g: g.t())
TransposeBackward0 = _node(
    "TransposeBackward0", lambda n, g: g.transpose(n._saved_dim0, n._saved_dim1)
)
ViewBackward0 = _node("ViewBackward0", _as_it_was)
ReshapeAliasBackward0 = _node("ReshapeAliasBackward0", _as_it_was)
UnsafeViewBackward0 = _node("UnsafeViewBackward0", _as_it_was)
SqueezeBackward0 = _node("SqueezeBackward0", _as_it_was)
SqueezeBackward1 = _node("SqueezeBackward1", _as_it_was)
SqueezeBackward4 = _node("SqueezeBackward4", _as_it_was)
UnsqueezeBackward0 = _node("UnsqueezeBackward0", lambda n, g: g.squeeze(n._saved_dim))
ExpandBackward0 = _node("ExpandBackward0", lambda n, g: g.sum_to(tuple(n._saved_self_sym_sizes)))
AliasBackward0 = _node("AliasBackward0", lambda n, g: g)
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


# The order of the dimensions ----------------------------------------------------------------------


@method
def permute(input, *dims):
    dims = _unpacked(dims)
    if len(dims) != input.ndim:
        raise RuntimeError(
            "permute(sparse_coo): number of dimensions in the tensor input does not match the "
            "length of the desired ordering of dimensions i.e. input.dim() = "
            f"{input.ndim} is not equal to len(dims) = {len(dims)}"
        )
    dims = [wrap(d, input.ndim) for d in dims]
    if len(set(dims)) != len(dims):
        raise RuntimeError("permute(): duplicate dims are not allowed.")
    shape = [input._shape[d] for d in dims]
    strides = [input._strides[d] for d in dims]
    return view_of(
        input, shape, strides, input._offset, lambda: PermuteBackward0(input, dims=tuple(dims))
    )


DEPRECATED_T = (
    "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated and "
    "it will throw an error in a future release. Consider `x.mT` to transpose batches of matrices "
    "or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a tensor. "
    "(Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:4314.)"
)

DEPRECATED_T0 = (
    "Tensor.T is deprecated on 0-D tensors. This function is the identity in these cases. "
    "(Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:4321.)"
)


def _T(input):
    if input.ndim == 0:
        warn(DEPRECATED_T0, once="T0")
    elif input.ndim != 2:
        warn(DEPRECATED_T, once="T")
    return permute(input, *range(input.ndim - 1, -1, -1))


@method
def t(input):
    if input.ndim > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {input.ndim}D")
    return view_of(
        input,
        input._shape[::-1],
        input._strides[::-1],
        input._offset,
        lambda: TBackward0(input),
    )


@method
def transpose(input, dim0, dim1):
    a, b = wrap(dim0, input.ndim), wrap(dim1, input.ndim)
    order = list(range(input.ndim))
    if order:
        order[a], order[b] = order[b], order[a]
    shape = [input._shape[i] for i in order]
    strides = [input._strides[i] for i in order]
    return view_of(
        input,
        shape,
        strides,
        input._offset,
        lambda: TransposeBackward0(input, dim0=a, dim1=b),
    )


@method
def movedim(input, source, destination):
    if not isinstance(source, int):
        source, destination = tuple(source), tuple(destination)
    else:
        source, destination = (source,), (destination,)
    source = [wrap(d, input.ndim) for d in source]
    order = [d for d in range(input.ndim) if d not in source]
    pairs = zip([wrap(d, input.ndim) for d in destination], source, strict=True)
    for to, d in sorted(pairs):
        order.insert(to, d)
    return permute(input, *order)


def _mT(input):
    if input.ndim < 2:
        refuse("mT of a tensor with fewer than two dimensions")
    return transpose(input, -2, -1)


Tensor.T, Tensor.mT = property(_T), property(_mT)
method(transpose, "swapaxes", "swapdims")


# Other shapes of the same memory ------------------------------------------------------------------


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
    for other in shapes:
        shape = broadcast(shape, (other,) if isinstance(other, int) else tuple(other))
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


# Parts --------------------------------------------------------------------------------------------


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
