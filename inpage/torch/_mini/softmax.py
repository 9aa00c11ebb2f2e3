"""Softmax and its logarithm."""

import math

from torch._mini.dtypes import FLOAT
from torch._mini.nodes import Node, attach, tracking
from torch._mini.reductions import groups
from torch._mini.refusal import refuse
from torch._mini.second import curved
from torch._mini.shapes import wrap
from torch._mini.tensor import make, method
from torch._mini.warn import warn

IMPLICIT = (
    "Implicit dimension choice for {} has been deprecated. Change the call to include dim=X as an "
    "argument."
)


class SoftmaxBackward0(Node):
    """d softmax."""

    saves = ("result",)

    def backward(self, g):
        y, dim = self.saved("result"), self._saved_dim

        def slope(g, y):
            weighted = g * y
            return weighted - y * weighted.sum(dim, keepdim=True)

        def rule(node, gg):
            g, y = node.saved("grad_output"), node.saved("output")
            other = gg * (g - (g * y).sum(dim, keepdim=True)) - g * (gg * y).sum(dim, keepdim=True)
            return slope(gg, y), other

        saved = {"grad_output": g, "output": y}
        out = slope(g.detach(), y.detach())
        return curved("SoftmaxBackwardDataBackward0", out, (g, y), rule, saved, dim=dim)


class LogSoftmaxBackward0(Node):
    """d of the logarithm of softmax."""

    saves = ("result",)

    def backward(self, g):
        y, dim = self.saved("result"), self._saved_dim

        def rule(node, gg):
            g, y = node.saved("grad_output"), node.saved("output")
            chance = y.exp()
            first = gg - (gg * chance).sum(dim, keepdim=True)
            return first, -g.sum(dim, keepdim=True) * chance * gg

        saved = {"grad_output": g, "output": y}
        plain = g.detach()
        out = plain - y.detach().exp() * plain.sum(dim, keepdim=True)
        return curved("LogSoftmaxBackwardDataBackward0", out, (g, y), rule, saved, dim=dim)


def _softmax(name, finish, node_class):
    def function(input, dim=None, _stacklevel=3, dtype=None):
        if dtype is not None:
            input = input.to(dtype)
        if dim is None:
            dim = 0 if input.ndim in (0, 1, 3) else 1
            warn(IMPLICIT.format(name))
        if input.dtype.category != FLOAT:
            kernel = f"{name}_lastdim" if wrap(dim, input.ndim) == input.ndim - 1 else name
            raise NotImplementedError(
                f"\"{kernel}_kernel_impl\" not implemented for '{input.dtype.word}'"
            )
        d = wrap(dim, input.ndim)
        if not input.ndim:
            refuse(f"{name} of a tensor without dimensions")
        moved = input.detach().transpose(d, -1)
        rows = []
        for group in groups(moved, [moved.ndim - 1]):
            top = max(group)
            exponentials = [math.exp(x - top) for x in group]
            rows += finish(group, top, exponentials, math.fsum(exponentials))
        out = make(rows, moved._shape, input.dtype).transpose(d, -1)._copy()
        if tracking(input):
            node = node_class(input, dim=d)
            attach(out, node, "result")
        return out

    def along(input, dim, dtype=None):
        """As torch.softmax: the dimension must be given."""
        return function(input, dim, dtype=dtype)

    function.__name__ = along.__name__ = name
    method(along, name)
    return function, along


softmax, softmax_along = _softmax(
    "softmax", lambda g, top, e, s: [x / s for x in e], SoftmaxBackward0
)
log_softmax, log_softmax_along = _softmax(
    "log_softmax", lambda g, top, e, s: [x - top - math.log(s) for x in g], LogSoftmaxBackward0
)
