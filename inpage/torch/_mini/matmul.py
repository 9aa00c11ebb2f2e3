"""Products of any two tensors: matmul, the linear layer, outer products."""

import math

from torch._mini.nodes import attach, tracking
from torch._mini.products import addmm, bmm, dot, mm, mv
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast, contiguous_strides
from torch._mini.shaping import UnsafeViewBackward0, squeezed
from torch._mini.tensor import Tensor, method


def _unsafe_view(t, shape):
    out = Tensor._raw(t._storage, shape, contiguous_strides(shape), t._offset)
    if tracking(t):
        attach(out, UnsafeViewBackward0(t, self_sym_sizes=t._shape))
    return out


def matmul(input, other):
    if not isinstance(other, Tensor) or not isinstance(input, Tensor):
        place = "'other' (position 2)" if isinstance(input, Tensor) else "'input' (position 1)"
        wrong = other if isinstance(input, Tensor) else input
        raise TypeError(f"matmul(): argument {place} must be Tensor, not {type(wrong).__name__}")
    dims = input.ndim, other.ndim
    if 0 in dims:
        raise RuntimeError(
            "both arguments to matmul need to be at least 1D, but they are "
            f"{dims[0]}D and {dims[1]}D"
        )
    if dims == (1, 1):
        return dot(input, other)
    if dims == (2, 1):
        return mv(input, other)
    if dims == (1, 2):
        product = squeezed(mm(input.unsqueeze(0), other), 0, several=True)
        product._counter.changes += 1  # PyTorch squeezes the product in place
        product._seen = product._counter.changes
        return product
    if dims == (2, 2):
        return mm(input, other)
    return _stacked(input, other)


def _folds(tall, other) -> bool:
    """Whether PyTorch takes a stack of matrices for one tall matrix (LinearAlgebra.cpp)."""
    if tall.ndim < 3 or other.ndim > 2:
        return False
    if other.requires_grad or not tall.numel():
        return True
    shape, strides = tall._shape, tall._strides
    return all(strides[i] == strides[i + 1] * shape[i + 1] for i in range(tall.ndim - 2))


def _stacked(a, b):
    """A product where one of the operands is a stack of matrices."""
    if a.ndim >= b.ndim and _folds(a, b):
        return _folded(a, b)
    if a.ndim < b.ndim and a.requires_grad and _folds(b, a):
        out = _folded(b.transpose(-2, -1), a.t() if a.ndim == 2 else a)
        return out if a.ndim == 1 else out.transpose(-2, -1).contiguous()
    if b.ndim == 1:
        refuse("a product of this stack of matrices and a vector")
    batch = broadcast(a._shape[:-2], b._shape[:-2])
    n, m, m2, p = a._shape[-2] if a.ndim > 1 else 1, a._shape[-1], *b._shape[-2:]
    count = math.prod(batch)
    left = a.expand((*batch, n, m)).reshape(count, n, m)
    right = b.expand((*batch, m2, p)).reshape(count, m2, p)
    if m != m2:
        raise RuntimeError(
            "Expected size for first two dimensions of batch2 tensor to be: "
            f"[{count}, {m}] but got: [{count}, {m2}]."
        )
    return _unsafe_view(bmm(left, right), (*batch, n, p) if a.ndim > 1 else (*batch, p))


def _folded(a, b):
    """A stack of matrices times one matrix or vector: the stack becomes one tall matrix."""
    rows = math.prod(a._shape[:-1])
    tall = a.reshape(rows, a._shape[-1])
    if b.ndim == 1:
        return _unsafe_view(mv(tall, b), a._shape[:-1])
    return _unsafe_view(mm(tall, b), (*a._shape[:-1], b._shape[1]))


def linear(input, weight, bias=None):
    """input @ weight.T + bias, as torch.nn.functional.linear."""
    if 0 in (input.ndim, weight.ndim):
        raise RuntimeError(
            "both arguments to linear need to be at least 1D, but they are "
            f"{input.ndim}D and {weight.ndim}D"
        )
    if weight.ndim == 1 and bias is None:
        return matmul(input, weight)
    if weight.ndim != 2:
        refuse("a linear layer whose weight is no matrix")
    if input.ndim == 2 and bias is not None:
        return addmm(bias, input, weight.t())
    if input.ndim == 2:
        return mm(input, weight.t())
    if input.ndim == 1 and bias is not None:
        out = addmm(bias, input.unsqueeze(0), weight.t())
        return out.view(out._shape[1])
    if input.ndim == 1:
        return matmul(input, weight.t())
    if input.ndim != 3 or bias is None or not input.is_contiguous():
        refuse("this linear layer on more than two dimensions")
    rows, n = math.prod(input._shape[:-1]), input._shape[-1]
    out = addmm(bias, input.view(rows, n), weight.t())
    return out.view(*input._shape[:-1], weight._shape[0])


def outer(input, vec2):
    if input.ndim != 1 or vec2.ndim != 1:
        raise RuntimeError(
            f"outer: Expected 1-D argument self, but got {input.ndim}-D"
            if input.ndim != 1
            else f"outer: Expected 1-D argument vec2, but got {vec2.ndim}-D"
        )
    return input.reshape(-1, 1) * vec2


def _matmul_operator(a, b):
    if isinstance(b, Tensor):
        return matmul(a, b)
    raise (
        TypeError(f"unsupported operand type(s) for @: 'Tensor' and '{type(b).__name__}'")
        if not hasattr(b, "__rmatmul__")
        else refuse("@ with this operand")
    )


Tensor.__matmul__ = _matmul_operator


method(matmul)
method(outer)
