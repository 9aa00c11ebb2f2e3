"""Solving: inverse, determinant, least squares, eigenvalues, rank."""

import math
from collections import namedtuple

from torch._mini import modes
from torch._mini.dtypes import FLOAT, float64, int64
from torch._mini.extremes import shown
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import make, method, values


class LinAlgError(RuntimeError):
    """A matrix that has no inverse."""


LinAlgError.__name__ = LinAlgError.__qualname__ = "_LinAlgError"
LinAlgError.__module__ = "torch._C"


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
        raise LinAlgError(
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
        raise LinAlgError(
            "torch.linalg.solve: The solver failed because the input matrix is singular."
        )
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


def svdvals(A, *, driver=None):
    """The singular values, from large to small: the roots of the eigenvalues of A.T @ A."""
    if A.ndim != 2 or A.dtype.category != FLOAT or tracking(A) or driver is not None:
        refuse("linalg.svdvals of this tensor")
    tall = (A if A._shape[0] >= A._shape[1] else A.T).double()
    squares = values(eigvalsh(tall.T @ tall))
    # The squares keep half the digits of what is small beside the largest.
    if squares and squares[0] < 1e-7 * squares[-1]:
        refuse("linalg.svdvals of a matrix that is nearly singular")
    return make([math.sqrt(x) for x in reversed(squares)], (len(squares),), A.dtype)


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


method(det)
method(inverse)
