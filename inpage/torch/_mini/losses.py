"""Losses and softmax, with the nodes that PyTorch gives them."""

from torch._mini import modes
from torch._mini.dtypes import FLOAT, float32, promote, single
from torch._mini.elementwise import operand
from torch._mini.nodes import Node, attach, tracking
from torch._mini.reductions import mean
from torch._mini.reductions import sum as total
from torch._mini.refusal import refuse
from torch._mini.second import curved
from torch._mini.shapes import broadcast
from torch._mini.tensor import make, spread, values
from torch._mini.warn import warn

REDUCTIONS = {"none": 0, "mean": 1, "sum": 2}
TARGET_SIZE = (
    "Using a target size ({}) that is different to the input size ({}). This will likely lead to "
    "incorrect results due to broadcasting. Please ensure they have the same size."
)


def _reduction(name) -> int:
    if name not in REDUCTIONS:
        raise ValueError(f"{name} is not a valid value for reduction")
    return REDUCTIONS[name]


def _reduced(losses, code):
    """The losses as they are, their mean or their sum, without history."""
    before, modes.recording[0] = modes.recording[0], False
    try:
        return losses if code == 0 else mean(losses) if code == 1 else total(losses)
    finally:
        modes.recording[0] = before


class _PairLoss(Node):
    """A loss of a prediction and a label; `slope` is its derivative in their difference."""

    saves = ("self", "target")

    def backward(self, g):
        if modes.recording[0]:
            refuse(f"a second derivative through {self.name()}")
        a, b = self.saved("self"), self.saved("target")
        kind = promote(a, b)
        rounded = single if kind is float32 else float
        code = self._saved_reduction
        norm = rounded(1.0 / max(a.numel(), 1)) if code == 1 else 1.0
        slopes = [
            rounded(self.slope(rounded(x - y), norm, rounded)) * z
            for x, y, z in zip(values(a), values(b), spread(g, a._shape), strict=True)
        ]
        out = make(slopes, a._shape, kind)
        return (out if self.needs[0] else None, -out if self.needs[1] else None)


class MseLossBackward0(_PairLoss):
    """d of the squared error."""

    def backward(self, g):
        a, b = self.saved("self"), self.saved("target")
        first = self._slopes(g, a, b) if self.needs[0] else None
        second = self._slopes(g, b, a) if self.needs[1] else None
        return first, second

    def _slopes(self, g, a, b):
        kind = promote(a, b)
        rounded = single if kind is float32 else float
        code = self._saved_reduction
        factor = rounded(2.0 / max(a.numel(), 1)) if code == 1 else 2.0
        slopes = [
            rounded(factor * rounded(x - y)) * z
            for x, y, z in zip(values(a), values(b), spread(g, a._shape), strict=True)
        ]
        out = make(slopes, a._shape, kind)

        def rule(node, gg):
            g, a, b = node.saved("grad_output"), node.saved("self"), node.saved("target")
            first = gg * (a - b) * factor if node.needs[0] else None
            if first is not None:
                first = first.sum() if code else first
            slope = gg * g * factor
            return first, slope, -slope

        saved = {"grad_output": g, "self": a, "target": b}
        return curved("MseLossBackwardBackward0", out, (g, a, b), rule, saved, reduction=code)


class SmoothL1LossBackward0(_PairLoss):
    """d of the smooth absolute error."""

    def slope(self, d, norm, rounded):
        beta = self._saved_beta
        if d <= -beta:
            return -norm
        return norm if d >= beta else rounded(norm * d) / beta


class HuberLossBackward0(_PairLoss):
    """d of Huber's loss."""

    def slope(self, d, norm, rounded):
        delta = self._saved_delta
        if d <= -delta:
            return -norm * delta
        return norm * delta if d >= delta else norm * d


def _warn_about_size(input, target):
    for t in (target, input):
        if not hasattr(t, "size"):
            raise AttributeError(f"'{type(t).__name__}' object has no attribute 'size'")
    if input._shape != target._shape:
        warn(TARGET_SIZE.format(target.size(), input.size()))


def _pair(input, target, name):
    """Both in one shape and one dtype."""
    shape = broadcast(input._shape, target._shape)
    kind = promote(input, target)
    if kind.category != FLOAT:
        if name != "mse":
            refuse(f"{name} of whole numbers")
        raise NotImplementedError(f"\"{name}_cpu\" not implemented for '{kind.word}'")
    wide = [t.expand(shape) if t._shape != shape else t for t in (input, target)]
    rounded = single if kind is float32 else float
    numbers = zip(*(operand(t, kind, shape) for t in wide), strict=True)
    return (*wide, [rounded(x - y) for x, y in numbers], rounded, kind)


def mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    if size_average is not None or reduce is not None or weight is not None:
        refuse("this option of mse_loss")
    _warn_about_size(input, target)
    code = _reduction(reduction)
    a, b, differences, _, kind = _pair(input, target, "mse")
    out = _reduced(make([d * d for d in differences], a._shape, kind), code)
    if tracking(input, target):
        attach(out, MseLossBackward0(a, b, reduction=code).keep(self=a, target=b))
    return out


def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0):
    if size_average is not None or reduce is not None or beta <= 0:
        refuse("this option of smooth_l1_loss")
    _warn_about_size(input, target)
    code = _reduction(reduction)
    a, b, differences, rounded, kind = _pair(input, target, "smooth_l1")
    losses = [
        rounded(rounded(0.5 * abs(d)) * abs(d)) / beta if abs(d) < beta else abs(d) - 0.5 * beta
        for d in differences
    ]
    out = _reduced(make(losses, a._shape, kind), code)
    if tracking(input, target):
        node = SmoothL1LossBackward0(a, b, reduction=code, beta=beta)
        attach(out, node.keep(self=a, target=b))
    return out


def huber_loss(input, target, reduction="mean", delta=1.0, weight=None):
    if weight is not None:
        refuse("this option of huber_loss")
    if input.dtype is not target.dtype and tracking(input, target):
        refuse("the gradient of huber_loss of two dtypes")
    _warn_about_size(input, target)
    code = _reduction(reduction)
    a, b, differences, rounded, kind = _pair(input, target, "huber")
    losses = [
        rounded(0.5 * abs(d)) * abs(d) if abs(d) < delta else delta * (abs(d) - 0.5 * delta)
        for d in differences
    ]
    out = _reduced(make(losses, a._shape, kind), code)
    if tracking(input, target):
        node = HuberLossBackward0(a, b, reduction=code, delta=delta)
        attach(out, node.keep(self=a, target=b))
    return out


def l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    if size_average is not None or reduce is not None or weight is not None:
        refuse("this option of l1_loss")
    _warn_about_size(input, target)
    code = _reduction(reduction)
    shape = broadcast(input._shape, target._shape)
    input, target = (t.expand(shape) if t._shape != shape else t for t in (input, target))
    losses = (input - target).abs()
    return losses if code == 0 else losses.mean() if code == 1 else losses.sum()
