"""Of matrices: triangles, diagonals, inverse, determinant, solutions, powers, grids."""

import math
from collections import namedtuple

from torch._mini import modes
from torch._mini.dtypes import FLOAT, float64, int64
from torch._mini.nodes import Node, attach, tracking
from torch._mini.reductions import shown
from torch._mini.refusal import refuse
from torch._mini.second import linear
from torch._mini.tensor import make, method, values
from torch._mini.views import view_of


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
    if input.ndim != 2 or tracking(input):
        refuse("diag of this tensor")
    return input.diagonal().clone()


for _function in (diagonal, trace, diag):
    method(_function)


# Solving ------------------------------------------------------------------------------------------


def _square(name, a):
    if a.ndim != 2 or a.dtype.category != FLOAT:
        refuse(f"{name} of this tensor")
    if a._shape[0] != a._shape[1]:
        raise RuntimeError(
            f"{name}: A must be batches of square matrices, but they are "
            f"{a._shape[0]} by {a._shape[1]} matrices"
        )
    n, numbers = a._shape[0], values(a)
    return [numbers[i * n : (i + 1) * n] for i in range(n)]


def _eliminated(rows, right):
    """Gauss with pivots, in double precision: the determinant, and what `right` becomes."""
    rows, right = [row[:] for row in rows], [row[:] for row in right]
    n, determinant = len(rows), 1.0
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        if rows[pivot][k] == 0:
            return 0.0, None, k
        if pivot != k:
            rows[k], rows[pivot] = rows[pivot], rows[k]
            right[k], right[pivot] = right[pivot], right[k]
            determinant = -determinant
        determinant *= rows[k][k]
        for i in range(n):
            if i != k:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
                right[i] = [a - factor * b for a, b in zip(right[i], right[k], strict=True)]
    return determinant, [[x / rows[i][i] for x in right[i]] for i in range(n)], None


def _well_posed(rows, solution, name) -> None:
    """Rounding decides the digits where a matrix is nearly singular: refuse it there."""
    size = max((sum(map(abs, row)) for row in rows), default=1.0)
    n = len(rows)
    identity = [[float(i == j) for j in range(n)] for i in range(n)]
    inverse = _eliminated(rows, identity)[1]
    if size * max((sum(map(abs, row)) for row in inverse), default=1.0) > 1e4:
        refuse(f"{name} of a matrix that is nearly singular")


def det(input):
    if tracking(input):
        refuse("the gradient of det")
    return make([_eliminated(_square("linalg.det", input), [[]] * len(input))[0]], (), input.dtype)


class LinalgInvExBackward0(Node):
    """d inverse."""

    saves = ("inverse",)

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of inverse")
        turned = self.saved("inverse").t()
        return -(turned @ g @ turned)


def inv(A):
    rows = _square("linalg.inv", A)
    n = len(rows)
    _, solution, at = _eliminated(rows, [[float(i == j) for j in range(n)] for i in range(n)])
    if solution is None:
        error = type("LinAlgError", (RuntimeError,), {"__module__": "torch._C"})
        raise error(
            f"linalg.inv: The diagonal element {at + 1} is zero, the inversion could not be "
            "completed because the input matrix is singular."
        )
    _well_posed(rows, solution, "the inverse")
    out = make([x for row in solution for x in row], (n, n), A.dtype)
    if tracking(A):
        attach(out, LinalgInvExBackward0(A), "inverse")
    return out


def inverse(input):
    return inv(input)


def pinv(A):
    """The pseudoinverse of a tall matrix of full rank."""
    if A.ndim != 2 or A._shape[0] < A._shape[1] or A.dtype.category != FLOAT or tracking(A):
        refuse("linalg.pinv of this matrix")
    n, numbers = A._shape[1], values(A)
    rows = [numbers[i : i + n] for i in range(0, len(numbers), n)]
    gram = [[math.fsum(r[i] * r[j] for r in rows) for j in range(n)] for i in range(n)]
    turned = [[r[i] for r in rows] for i in range(n)]
    _, solution, _ = _eliminated(gram, turned)
    if solution is None:
        refuse("linalg.pinv of a matrix without full rank")
    _well_posed(gram, solution, "the pseudoinverse")
    return make([x for row in solution for x in row], A._shape[::-1], A.dtype)


_Lstsq = namedtuple("linalg_lstsq", ["solution", "residuals", "rank", "singular_values"])
_Lstsq.__repr__ = shown


def lstsq(A, B, rcond=None, *, driver=None):
    """The least squares solution of a tall system of full rank."""
    if A.ndim != 2 or B.ndim != 2 or A._shape[0] < A._shape[1] or rcond is not None:
        refuse("linalg.lstsq of these tensors")
    if driver not in (None, "gelsy") or tracking(A, B) or B.dtype is not A.dtype:
        refuse("linalg.lstsq with a driver, or with a gradient")
    if B._shape[0] != A._shape[0]:
        refuse("linalg.lstsq of shapes that do not fit")
    solution = pinv(A.double()) @ B.double()
    empty = make([], (0,), A.dtype)
    return _Lstsq(solution.to(A.dtype), empty, make([A._shape[1]], (), int64), empty.clone())


def matrix_rank(A, *, atol=None, rtol=None, hermitian=False):
    """The number of rows that do not depend on the others."""
    if (
        A.ndim != 2
        or A.dtype.category != FLOAT
        or atol is not None
        or rtol is not None
        or hermitian
    ):
        refuse("linalg.matrix_rank of this tensor")
    n, numbers = A._shape[1], values(A)
    rows = [numbers[i : i + n] for i in range(0, len(numbers), n)] if n else []
    gram = [[math.fsum(a * b for a, b in zip(r, s, strict=True)) for s in rows] for r in rows]
    squares = values(eigvalsh(make([x for r in gram for x in r], (len(rows),) * 2, float64)))
    largest = max(squares, default=0.0)
    clear = [x > 1e-8 * largest for x in squares]
    if any(not c and x > 1e-13 * largest for c, x in zip(clear, squares, strict=True)):
        refuse("linalg.matrix_rank of a matrix that is nearly singular")
    return make([sum(clear)], (), int64)


def solve(A, B):
    rows = _square("linalg.solve", A)
    if tracking(A, B) or B.dtype is not A.dtype or B.ndim not in (1, 2):
        refuse("linalg.solve with a gradient, or of these tensors")
    if B._shape[0] != len(rows):
        refuse("linalg.solve of shapes that do not fit")
    width = 1 if B.ndim == 1 else B._shape[1]
    numbers = values(B)
    right = [numbers[i * width : (i + 1) * width] for i in range(len(rows))]
    _, solution, _ = _eliminated(rows, right)
    if solution is None:
        refuse("linalg.solve of a singular matrix")
    _well_posed(rows, solution, "linalg.solve")
    return make([x for row in solution for x in row], B._shape, B.dtype)


def eigvalsh(A, UPLO="L"):
    """The eigenvalues of a symmetric matrix, by Jacobi's rotations."""
    if tracking(A) or UPLO != "L":
        refuse("eigvalsh with a gradient")
    rows = _square("linalg.eigh", A)
    n = len(rows)
    for i in range(n):
        for j in range(i):
            rows[j][i] = rows[i][j]  # the lower triangle counts
    for _ in range(100):
        off = math.fsum(rows[i][j] ** 2 for i in range(n) for j in range(n) if i != j)
        if off < 1e-30 * math.fsum(x * x for row in rows for x in row):
            break
        for p in range(n):
            for q in range(p + 1, n):
                _rotate(rows, p, q)
    return make(sorted(rows[i][i] for i in range(n)), (n,), A.dtype)


def _rotate(rows, p, q) -> None:
    """Make one element beside the diagonal zero."""
    if rows[p][q] == 0:
        return
    angle = 0.5 * math.atan2(2 * rows[p][q], rows[q][q] - rows[p][p])
    c, s = math.cos(angle), math.sin(angle)
    for row in rows:
        row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
    rows[p], rows[q] = (
        [c * a - s * b for a, b in zip(rows[p], rows[q], strict=True)],
        [s * a + c * b for a, b in zip(rows[p], rows[q], strict=True)],
    )


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


for _function in (det, inverse, matrix_power):
    method(_function)


# Grids and places -----------------------------------------------------------------------------------


def meshgrid(*tensors, indexing=None):
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
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
