"""Of matrices: triangles, diagonals, inverse, determinant, solutions, powers, grids."""

import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT, int64
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.second import linear
from torch._mini.tensor import make, method, values
from torch._mini.views import view_of
from torch._mini.warn import from_within, warn


class TriuBackward0(Node):
    """d triu."""

    def backward(self, g):
        return triu(g, self._saved_diagonal)


class TrilBackward0(Node):
    """d tril."""

    def backward(self, g):
        return tril(g, self._saved_diagonal)


def _triangle(name, keeps, node_class):
    def function(input, diagonal=0):
        if input.ndim < 2:
            raise RuntimeError(f"{name}: input tensor must have at least 2 dimensions")
        rows, columns = input._shape[-2:]
        zero = 0.0 if input.dtype.category == FLOAT else 0
        block = rows * columns
        numbers = [
            x if keeps(i % block % columns - i % block // columns, diagonal) else zero
            for i, x in enumerate(values(input))
        ]
        out = make(numbers, input._shape, input.dtype)
        if tracking(input):
            attach(out, node_class(input, diagonal=diagonal))
        return out

    function.__name__ = name
    return method(function, name)


triu = _triangle("triu", lambda right, d: right >= d, TriuBackward0)
tril = _triangle("tril", lambda right, d: right <= d, TrilBackward0)


class DiagonalBackward0(Node):
    """d diagonal."""

    def backward(self, g):
        shape = tuple(self._saved_self_sym_sizes)
        out = make([0.0] * math.prod(shape), shape, g.dtype)
        diagonal(out).copy_(g.detach())
        out._counter.changes = 0
        return linear("DiagonalBackwardBackward0", out, g, diagonal)


class DiagonalBackward0_copy(DiagonalBackward0):
    """d of a diagonal that is no view."""


def diagonal(input, offset=0, dim1=0, dim2=1):
    if offset or input.ndim != 2 or (dim1, dim2) not in ((0, 1), (-2, -1)):
        refuse("this kind of diagonal")
    n = min(input._shape)
    facts = {"offset": 0, "dim1": 0, "dim2": 1, "self_sym_sizes": input._shape}
    node = lambda: DiagonalBackward0(input, **facts)  # noqa: E731
    return view_of(input, (n,), (sum(input._strides),), input._offset, node)


class TraceBackward0(Node):
    """d trace."""

    def backward(self, g):
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of trace")
        rows, columns = self._saved_self_sym_sizes
        numbers = [g.item() if i == j else 0.0 for i in range(rows) for j in range(columns)]
        return make(numbers, (rows, columns), g.dtype)


def trace(input):
    if input.ndim != 2:
        raise RuntimeError("trace: expected a matrix, but got tensor with dim " + str(input.ndim))
    out = diagonal(input.detach()).sum()
    if tracking(input):
        attach(out, TraceBackward0(input, self_sym_sizes=input._shape))
    return out


def diag(input, diagonal=0):
    if diagonal:
        refuse("diag beside the main diagonal")
    if input.ndim == 1:
        if tracking(input):
            refuse("the gradient of diag of a vector")
        n, numbers = input._shape[0], values(input)
        zero = 0.0 if input.dtype.category == FLOAT else 0
        each = [numbers[i] if i == j else zero for i in range(n) for j in range(n)]
        return make(each, (n, n), input.dtype)
    if input.ndim != 2:
        refuse("diag of this tensor")
    out = input.detach().diagonal().clone()
    if tracking(input):
        facts = {"offset": 0, "dim1": 0, "dim2": 1, "self_sym_sizes": input._shape}
        attach(out, DiagonalBackward0_copy(input, **facts))
    return out


for _function in (diagonal, trace, diag):
    method(_function)


def matrix_power(input, n):
    if n < 0 or input.ndim != 2 or tracking(input):
        refuse("this kind of matrix_power")
    out = make(
        [float(i == j) for i in range(len(input)) for j in range(len(input))],
        input._shape,
        input.dtype,
    )
    for _ in range(n):
        out = out @ input
    return out


method(matrix_power)


# Grids and places -----------------------------------------------------------------------------------


MESHGRID = (
    "torch.meshgrid: in an upcoming release, it will be required to pass the indexing argument. "
    "(Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:4215.)"
)


def meshgrid(*tensors, indexing=None):
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    if indexing is None:
        with from_within(__file__):
            warn(MESHGRID, once="meshgrid")
        indexing = "ij"
    if indexing not in ("ij", "xy") or any(t.ndim != 1 for t in tensors) or tracking(*tensors):
        refuse("this kind of meshgrid")
    if indexing == "xy" and len(tensors) >= 2:
        tensors = (tensors[1], tensors[0], *tensors[2:])
    shape = [t._shape[0] for t in tensors]
    grids = []
    for d, t in enumerate(tensors):
        grids.append(t.view([-1 if k == d else 1 for k in range(len(shape))]).expand(shape))
    if indexing == "xy" and len(grids) >= 2:
        grids = [g.transpose(0, 1) for g in (grids[1], grids[0], *grids[2:])]
    return tuple(grids)


def tril_indices(row, col, offset=0):
    pairs = [(i, j) for i in range(row) for j in range(col) if j - i <= offset]
    return make([i for i, _ in pairs] + [j for _, j in pairs], (2, len(pairs)), int64)


def triu_indices(row, col, offset=0):
    pairs = [(i, j) for i in range(row) for j in range(col) if j - i >= offset]
    return make([i for i, _ in pairs] + [j for _, j in pairs], (2, len(pairs)), int64)


def cartesian_prod(*tensors):
    grids = meshgrid(*tensors, indexing="ij")
    if len(tensors) < 2:
        refuse("cartesian_prod of one tensor")
    from torch._mini.joining import stack

    return stack([g.reshape(-1) for g in grids], 1)
