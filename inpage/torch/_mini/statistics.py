"""Covariances and correlations, sums and means that leave nan out."""

from torch._mini.dtypes import FLOAT
from torch._mini.elementwise import div
from torch._mini.nodes import Node, attach, tracking
from torch._mini.reductions import dimensions, sum
from torch._mini.refusal import refuse
from torch._mini.tensor import method


class NansumBackward0(Node):
    """d nansum: no gradient where there is no number."""

    saves = ("self",)

    def backward(self, g):
        x = self.saved("self")
        if self.along and not self._saved_keepdim:
            for d in sorted(self.dims):
                g = g.unsqueeze(d)
        return g.expand(x._shape) * x.isnan().logical_not()


def nansum(input, dim=None, keepdim=False, *, dtype=None):
    if input.dtype.category != FLOAT or dtype is not None:
        refuse("this kind of nansum")
    plain = input.detach()
    out = sum(plain.masked_fill(plain.isnan(), 0.0), dim, keepdim)
    if tracking(input):
        dims = dimensions(input, dim)
        node = NansumBackward0(input, dim=None if dim is None else tuple(dims), keepdim=keepdim)
        node.dims, node.along = dims, dim is not None
        attach(out, node.keep(self=input))
    return out


def nanmean(input, dim=None, keepdim=False, *, dtype=None):
    total = nansum(input, dim, keepdim, dtype=dtype)
    count = sum(input.detach().isnan().logical_not(), dim, keepdim)
    return div(total, count)


def cov(input, *, correction=1, fweights=None, aweights=None):
    """The covariance of the rows, each a variable; columns are observations."""
    if fweights is not None or aweights is not None or tracking(input):
        refuse("cov with weights, or with a gradient")
    if input.ndim > 2:
        raise RuntimeError(
            "cov(): expected input to have two or fewer dimensions but got an input with "
            f"{input.ndim} dimensions"
        )
    if input.dtype.category != FLOAT:
        refuse("cov of whole numbers")
    rows = input.reshape(1, -1) if input.ndim < 2 else input
    n = rows._shape[1]
    if n - correction <= 0:
        refuse("cov of too few observations")
    around = rows - (rows.sum(1) / n).unsqueeze(1)
    return ((around @ around.t()) / (n - correction)).squeeze()


def corrcoef(input):
    """The correlations of the rows."""
    if input.ndim > 2:
        raise RuntimeError(
            "corrcoef(): expected input to have two or fewer dimensions but got an input with "
            f"{input.ndim} dimensions"
        )
    c = cov(input)
    if not c.ndim:
        return c / c
    spread = c.diagonal().sqrt()
    return (c / spread.unsqueeze(1) / spread.unsqueeze(0)).clamp(-1, 1)


for _function in (nansum, nanmean, cov, corrcoef):
    method(_function)
