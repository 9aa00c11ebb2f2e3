"""Losses and softmax, with the nodes that PyTorch gives them."""

import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT, float32, int64, single
from torch._mini.nodes import Node, attach, tracking
from torch._mini.reductions import groups, mean
from torch._mini.reductions import sum as total
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast, wrap
from torch._mini.tensor import make, method, spread, values
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
            refuse("a second derivative of this loss")
        a, b = self.saved("self"), self.saved("target")
        rounded = single if a.dtype is float32 else float
        code = self._saved_reduction
        norm = rounded(1.0 / max(a.numel(), 1)) if code == 1 else 1.0
        slopes = [
            rounded(self.slope(rounded(x - y), norm, rounded)) * z
            for x, y, z in zip(values(a), values(b), spread(g, a._shape), strict=True)
        ]
        out = make(slopes, a._shape, a.dtype)
        return (out if self.needs[0] else None, -out if self.needs[1] else None)


class MseLossBackward0(_PairLoss):
    """d of the squared error."""

    def backward(self, g):
        if modes.recording[0]:
            return self._recorded(g)
        a, b = self.saved("self"), self.saved("target")
        rounded = single if a.dtype is float32 else float
        factor = rounded(2.0 / max(a.numel(), 1)) if self._saved_reduction == 1 else 2.0
        slopes = [
            rounded(factor * rounded(x - y)) * z
            for x, y, z in zip(values(a), values(b), spread(g, a._shape), strict=True)
        ]
        out = make(slopes, a._shape, a.dtype)
        return (out if self.needs[0] else None, -out if self.needs[1] else None)

    def _recorded(self, g):
        refuse("a second derivative of mse_loss")


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
    if input._shape != target._shape:
        warn(TARGET_SIZE.format(target.size(), input.size()))


def _pair(input, target, name):
    """Both in one shape and one dtype."""
    shape = broadcast(input._shape, target._shape)
    if input.dtype is not target.dtype:
        refuse(f"{name} of two dtypes")
    if input.dtype.category != FLOAT:
        raise NotImplementedError(f"\"{name}_cpu\" not implemented for '{input.dtype.word}'")
    wide = [t.expand(shape) if t._shape != shape else t for t in (input, target)]
    rounded = single if input.dtype is float32 else float
    numbers = zip(values(wide[0]), values(wide[1]), strict=True)
    return (*wide, [rounded(x - y) for x, y in numbers], rounded)


def mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    if size_average is not None or reduce is not None or weight is not None:
        refuse("this option of mse_loss")
    _warn_about_size(input, target)
    code = _reduction(reduction)
    a, b, differences, _ = _pair(input, target, "mse")
    out = _reduced(make([d * d for d in differences], a._shape, a.dtype), code)
    if tracking(input, target):
        attach(out, MseLossBackward0(a, b, reduction=code).keep(self=a, target=b))
    return out


def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0):
    if size_average is not None or reduce is not None or beta <= 0:
        refuse("this option of smooth_l1_loss")
    _warn_about_size(input, target)
    code = _reduction(reduction)
    a, b, differences, rounded = _pair(input, target, "smooth_l1")
    losses = [
        rounded(rounded(0.5 * abs(d)) * abs(d)) / beta if abs(d) < beta else abs(d) - 0.5 * beta
        for d in differences
    ]
    out = _reduced(make(losses, a._shape, a.dtype), code)
    if tracking(input, target):
        node = SmoothL1LossBackward0(a, b, reduction=code, beta=beta)
        attach(out, node.keep(self=a, target=b))
    return out


def huber_loss(input, target, reduction="mean", delta=1.0, weight=None):
    if weight is not None:
        refuse("this option of huber_loss")
    _warn_about_size(input, target)
    code = _reduction(reduction)
    a, b, differences, rounded = _pair(input, target, "huber")
    losses = [
        rounded(0.5 * abs(d)) * abs(d) if abs(d) < delta else delta * (abs(d) - 0.5 * delta)
        for d in differences
    ]
    out = _reduced(make(losses, a._shape, a.dtype), code)
    if tracking(input, target):
        node = HuberLossBackward0(a, b, reduction=code, delta=delta)
        attach(out, node.keep(self=a, target=b))
    return out


def l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    if size_average is not None or reduce is not None or weight is not None:
        refuse("this option of l1_loss")
    _warn_about_size(input, target)
    code = _reduction(reduction)
    losses = (input - target).abs()
    return losses if code == 0 else losses.mean() if code == 1 else losses.sum()


# Classification -----------------------------------------------------------------------------------


class BinaryCrossEntropyWithLogitsBackward0(Node):
    """d of the cross entropy of one logit."""

    saves = ("pos_weight", "self", "target", "weight")

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of this loss")
        x, y = self.saved("self"), self.saved("target")
        out = (x.sigmoid() - y) * g
        if self._saved_reduction == 1:
            out = out / x.numel()
        second = None
        if self.needs[1]:
            second = -x * g / (x.numel() if self._saved_reduction == 1 else 1)
        return (out if self.needs[0] else None, second)


def binary_cross_entropy_with_logits(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None
):
    if (
        weight is not None
        or size_average is not None
        or reduce is not None
        or pos_weight is not None
    ):
        refuse("this option of binary_cross_entropy_with_logits")
    code = _reduction(reduction)
    if target._shape != input._shape:
        raise ValueError(
            f"Target size ({target.size()}) must be the same as input size ({input.size()})"
        )
    if not target.is_floating_point() or target.dtype is not input.dtype:
        refuse("binary_cross_entropy_with_logits of two dtypes")
    losses = []
    for x, y in zip(values(input), values(target), strict=True):
        if not math.isfinite(x):
            refuse("binary_cross_entropy_with_logits of inf or nan")
        losses.append((1 - y) * x + math.log1p(math.exp(-abs(x))) + max(-x, 0.0))
    out = _reduced(make(losses, input._shape, input.dtype), code)
    if tracking(input, target):
        node = BinaryCrossEntropyWithLogitsBackward0(input, target, reduction=code)
        attach(out, node.keep(self=input, target=target, weight=None, pos_weight=None))
    return out


class BinaryCrossEntropyBackward0(Node):
    """d of the cross entropy of one probability."""

    saves = ("self", "target", "weight")

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of this loss")
        x, y = self.saved("self"), self.saved("target")
        out = g * (x - y) / (x * (1 - x)).clamp(min=1e-12)
        if self._saved_reduction == 1:
            out = out / x.numel()
        if self.needs[1]:
            refuse("the gradient of binary_cross_entropy in the label")
        return (out, None)


def binary_cross_entropy(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    if weight is not None or size_average is not None or reduce is not None:
        refuse("this option of binary_cross_entropy")
    code = _reduction(reduction)
    if target._shape != input._shape:
        raise ValueError(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}) is deprecated. Please ensure they have the same size."
        )
    if target.dtype is not input.dtype:
        refuse("binary_cross_entropy of two dtypes")
    losses = []
    for x, y in zip(values(input), values(target), strict=True):
        if not 0 <= x <= 1:
            raise RuntimeError("all elements of input should be between 0 and 1")
        low = max(math.log1p(-x) if x < 1 else -math.inf, -100.0)
        high = max(math.log(x) if x > 0 else -math.inf, -100.0)
        losses.append((y - 1) * low - y * high)
    out = _reduced(make(losses, input._shape, input.dtype), code)
    if tracking(input, target):
        node = BinaryCrossEntropyBackward0(input, target, reduction=code)
        attach(out, node.keep(self=input, target=target, weight=None))
    return out


class SoftmaxBackward0(Node):
    """d softmax."""

    saves = ("result",)

    def backward(self, g):
        y = self.saved("result")
        weighted = g * y
        return weighted - y * weighted.sum(self._saved_dim, keepdim=True)


class LogSoftmaxBackward0(Node):
    """d of the logarithm of softmax."""

    saves = ("result",)

    def backward(self, g):
        return g - self.saved("result").exp() * g.sum(self._saved_dim, keepdim=True)


def _softmax(name, finish, node_class):
    def function(input, dim=None, _stacklevel=3, dtype=None):
        if dtype is not None:
            input = input.to(dtype)
        if dim is None:
            refuse(f"{name} without a dimension")
        if input.dtype.category != FLOAT:
            refuse(f"{name} of whole numbers")
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

    function.__name__ = name
    return method(function, name)


softmax = _softmax("softmax", lambda g, top, e, s: [x / s for x in e], SoftmaxBackward0)
log_softmax = _softmax(
    "log_softmax", lambda g, top, e, s: [x - top - math.log(s) for x in g], LogSoftmaxBackward0
)


class NllLossBackward0(Node):
    """d of the negative log likelihood."""

    saves = ("self", "target", "total_weight", "weight")

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of this loss")
        x, target = self.saved("self"), values(self.saved("target"))
        classes = x._shape[-1]
        out = [0.0] * x.numel()
        each = spread(g, (len(target),))
        share = len(target) if self._saved_reduction == 1 else 1
        for i, k in enumerate(target):
            out[i * classes + k] = -each[i] / share
        return make(out, x._shape, x.dtype)


def nll_loss(
    input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"
):
    if weight is not None or size_average is not None or reduce is not None or ignore_index != -100:
        refuse("this option of nll_loss")
    if input.ndim != 2 or target.ndim != 1:
        if input.ndim == 2 and target.ndim > 1:
            raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
        refuse("nll_loss on these shapes")
    if target.dtype is not int64:
        raise RuntimeError(f"expected scalar type Long but found {target.dtype.word}")
    if input._shape[0] != target._shape[0]:
        raise ValueError(
            f"Expected input batch_size ({input._shape[0]}) to match target batch_size "
            f"({target._shape[0]})."
        )
    classes = input._shape[1]
    code = _reduction(reduction)
    numbers, losses = values(input), []
    for i, k in enumerate(values(target)):
        if k == -100:
            refuse("nll_loss with ignored labels")
        if not 0 <= k < classes:
            raise IndexError(f"Target {k} is out of bounds.")
        losses.append(-numbers[i * classes + k])
    out = _reduced(make(losses, (len(losses),), input.dtype), code)
    if tracking(input):
        node = NllLossBackward0(input, reduction=code, ignore_index=-100)
        weight_sum = make([float(len(losses))], (), input.dtype)
        attach(out, node.keep(self=input, target=target, weight=None, total_weight=weight_sum))
    return out


def cross_entropy(
    input,
    target,
    weight=None,
    size_average=None,
    ignore_index=-100,
    reduce=None,
    reduction="mean",
    label_smoothing=0.0,
):
    if label_smoothing or target.is_floating_point():
        refuse("cross_entropy with probabilities as labels")
    return nll_loss(
        log_softmax(input, 1 if input.ndim == 2 else 0),
        target,
        weight,
        size_average,
        ignore_index,
        reduce,
        reduction,
    )
