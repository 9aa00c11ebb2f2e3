"""Views with their dimensions in another order: permute, transpose, T."""

from torch._mini.refusal import refuse
from torch._mini.shapes import wrap
from torch._mini.shaping import _unpacked
from torch._mini.tensor import Tensor, method
from torch._mini.views import _node, view_of
from torch._mini.warn import warn

PermuteBackward0 = _node(
    "PermuteBackward0",
    lambda n, g: g.permute(sorted(range(len(n._saved_dims)), key=lambda i: n._saved_dims[i])),
)
TBackward0 = _node("TBackward0", lambda n, g: g.t())
TransposeBackward0 = _node(
    "TransposeBackward0", lambda n, g: g.transpose(n._saved_dim0, n._saved_dim1)
)


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
