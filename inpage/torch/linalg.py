"""torch.linalg: norms, inverse, determinant, solutions."""

from torch._mini import matrices as _matrices
from torch._mini import reductions as _reductions
from torch._mini.names import LINALG
from torch._mini.overrides import publish
from torch._mini.refusal import lacking, refuse


def _norm(A, ord=None, dim=None, keepdim=False):
    if ord not in (None, 2) or (ord == 2 and A.ndim == 2 and dim is None):
        refuse("linalg.norm of this kind")
    return _reductions.norm(A, dim=dim, keepdim=keepdim)


_norm.__name__ = "norm"
publish(
    globals(),
    "torch.linalg",
    [_norm, _matrices.det, _matrices.eigvalsh, _matrices.inv, _matrices.pinv, _matrices.solve],
)
__getattr__ = lacking("torch.linalg", LINALG)
