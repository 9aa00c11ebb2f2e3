"""torch.linalg: norms, inverse, determinant, solutions."""

from math import inf as _inf

from torch._mini import matrices as _matrices
from torch._mini import solving as _solving
from torch._mini import spread as _spread
from torch._mini.names import LINALG
from torch._mini.nodes import tracking
from torch._mini.overrides import publish
from torch._mini.refusal import lacking, refuse


def _norm(A, ord=None, dim=None, keepdim=False):
    whole = dim is None and A.ndim != 1
    if whole and ord is not None and A.ndim == 2:
        return _matrix_norm(A, ord, keepdim=keepdim)
    if (dim is not None and not isinstance(dim, int)) or (whole and ord not in (None, "fro")):
        refuse("linalg.norm of this kind")
    return _spread.norm(A, 2.0 if ord is None else ord, dim, keepdim)


def _vector_norm(x, ord=2, dim=None, keepdim=False):
    return _spread.norm(x, ord, dim, keepdim)


def _matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False):
    if A.ndim != 2 or tuple(dim) != (-2, -1) or tracking(A) or keepdim:
        refuse("linalg.matrix_norm of this kind")
    if ord == "fro":
        return _spread.norm(A)
    if ord in (2, -2):
        return _solving.svdvals(A)[0 if ord > 0 else -1]
    if ord not in (1, -1, _inf, -_inf):
        refuse(f"linalg.matrix_norm with ord={ord}")
    sums = A.abs().sum(0 if abs(ord) == 1 else 1)
    return sums.amax() if ord > 0 else sums.amin()


_vector_norm.__name__, _matrix_norm.__name__ = "vector_norm", "matrix_norm"
_norm.__name__ = "norm"
publish(
    globals(),
    "torch.linalg",
    [
        _matrices.matrix_power,
        _norm,
        _vector_norm,
        _matrix_norm,
        _solving.det,
        _solving.eigvalsh,
        _solving.inv,
        _solving.lstsq,
        _solving.matrix_rank,
        _solving.pinv,
        _solving.solve,
        _solving.svdvals,
    ],
)
LinAlgError = _solving.LinAlgError
__getattr__ = lacking("torch.linalg", LINALG)
