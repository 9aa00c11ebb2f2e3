"""Losses and softmax, with the nodes that PyTorch gives them."""

import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT, float32, int64, promote, single
from torch._mini.elementwise import divide, operand, scaled, shared_out
from torch._mini.nodes import Node, Output, attach, tracking
from torch._mini.reductions import groups, mean
from torch._mini.reductions import sum as total
from torch._mini.refusal import refuse
from torch._mini.second import curved
from torch._mini.shapes import broadcast, wrap
from torch._mini.tensor import make, method, spread, values
from torch._mini.warn import warn

REDUCTIONS = {"none": 0, "mean": 1, "sum": 2}
IMPLICIT = (
    "Implicit dimension choice for {} has been deprecated. Change the call to include dim=X as an "
    "argument."
)
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
        a, b = self.saved("self"), self.saved("target")
        first = self._slopes(g, a, b) if self.needs[0] else None
        second = self._slopes(g, b, a) if self.needs[1] else None
        return first, second

    def _slopes(self, g, a, b):
        rounded = single if a.dtype is float32 else float
        code = self._saved_reduction
        factor = rounded(2.0 / max(a.numel(), 1)) if code == 1 else 2.0
        slopes = [
            rounded(factor * rounded(x - y)) * z
            for x, y, z in zip(values(a), values(b), spread(g, a._shape), strict=True)
        ]
        out = make(slopes, a._shape, a.dtype)

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
    shape = broadcast(input._shape, target._shape)
    input, target = (t.expand(shape) if t._shape != shape else t for t in (input, target))
    losses = (input - target).abs()
    return losses if code == 0 else losses.mean() if code == 1 else losses.sum()


# Classification -----------------------------------------------------------------------------------


class BinaryCrossEntropyWithLogitsBackward0(Node):
    """d of the cross entropy of one logit."""

    saves = ("pos_weight", "self", "target", "weight")

    def backward(self, g):
        x, y = self.saved("self"), self.saved("target")
        weight, positive = self.saved("weight"), self.saved("pos_weight")
        if modes.recording[0] and not (weight is None and positive is None):
            refuse("a second derivative of a weighted loss")
        first = second = None
        if self.needs[0]:
            if positive is None:
                first = (x.sigmoid() - y) * g
            else:
                t = positive * y
                first = ((t + 1 - y) * x.sigmoid() - t) * g
            first = first if weight is None else first * weight
            first = shared_out(first, x.numel()) if self._saved_reduction == 1 else first
        if self.needs[1]:
            if not (weight is None and positive is None):
                refuse("the gradient of a weighted loss in the label")
            second = -x * g
            second = shared_out(second, x.numel()) if self._saved_reduction == 1 else second
        return first, second


def binary_cross_entropy_with_logits(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None
):
    if size_average is not None or reduce is not None:
        refuse("this option of binary_cross_entropy_with_logits")
    code = _reduction(reduction)
    if target._shape != input._shape:
        raise ValueError(
            f"Target size ({target.size()}) must be the same as input size ({input.size()})"
        )
    if not input.is_floating_point() or any(
        t is not None and t.dtype is not input.dtype for t in (target, weight, pos_weight)
    ):
        refuse("binary_cross_entropy_with_logits of two dtypes")
    losses = []
    weights = [1.0] * input.numel() if weight is None else spread(weight, input._shape)
    positives = [1.0] * input.numel() if pos_weight is None else spread(pos_weight, input._shape)
    for x, y, w, p in zip(values(input), values(target), weights, positives, strict=True):
        if not math.isfinite(x):
            refuse("binary_cross_entropy_with_logits of inf or nan")
        log_chance = -(math.log1p(math.exp(-abs(x))) + max(-x, 0.0))
        losses.append(((1 - y) * x - (1 + (p - 1) * y) * log_chance) * w)
    out = _reduced(make(losses, input._shape, input.dtype), code)
    if tracking(input, target):
        node = BinaryCrossEntropyWithLogitsBackward0(input, target, reduction=code)
        attach(out, node.keep(self=input, target=target, weight=weight, pos_weight=pos_weight))
    return out


class BinaryCrossEntropyBackward0(Node):
    """d of the cross entropy of one probability."""

    saves = ("self", "target", "weight")

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of this loss")
        x, y = self.saved("self"), self.saved("target")
        out = g * (x - y) / (x * (1 - x)).clamp(min=1e-12)
        weight = self.saved("weight")
        out = out if weight is None else out * weight
        if self._saved_reduction == 1:
            out = out / x.numel()
        if self.needs[1]:
            refuse("the gradient of binary_cross_entropy in the label")
        return (out, None)


def binary_cross_entropy(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    if size_average is not None or reduce is not None:
        refuse("this option of binary_cross_entropy")
    code = _reduction(reduction)
    if target._shape != input._shape:
        raise ValueError(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}) is deprecated. Please ensure they have the same size."
        )
    if target.dtype is not input.dtype:
        if input.dtype.category != FLOAT:
            refuse("binary_cross_entropy of whole numbers")
        raise RuntimeError(f"Found dtype {target.dtype.word} but expected {input.dtype.word}")
    losses = []
    for x, y in zip(values(input), values(target), strict=True):
        if not 0 <= x <= 1:
            raise RuntimeError("all elements of input should be between 0 and 1")
        low = max(math.log1p(-x) if x < 1 else -math.inf, -100.0)
        high = max(math.log(x) if x > 0 else -math.inf, -100.0)
        losses.append((y - 1) * low - y * high)
    if weight is not None:
        if weight.dtype is not input.dtype or weight.requires_grad:
            refuse("binary_cross_entropy with weights of another dtype, or with a gradient")
        weight = weight.expand(broadcast(weight._shape, target._shape))
        losses = [loss * w for loss, w in zip(losses, values(weight), strict=True)]
    out = _reduced(make(losses, input._shape, input.dtype), code)
    if tracking(input, target):
        node = BinaryCrossEntropyBackward0(input, target, reduction=code)
        attach(out, node.keep(self=input, target=target, weight=weight))
    return out


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


class NllLossBackward0(Node):
    """d of the negative log likelihood."""

    saves = ("self", "target", "total_weight", "weight")

    def backward(self, g):
        x, labels = self.saved("self"), self.saved("target")
        weight, ignored, code = self.saved("weight"), self.ignored, self._saved_reduction
        target, classes = values(labels), x._shape[-1]
        weights = [1.0] * classes if weight is None else values(weight)
        share = self.saved("total_weight").item() if code == 1 else 1.0
        slopes = [0.0 if k == ignored else divide(-weights[k], share) for k in target]
        out = [0.0] * x.numel()
        each = spread(g, (len(target),) if x.ndim == 2 else ())
        for i, k in enumerate(target):
            if k != ignored:
                out[i * classes + k] = each[i] * slopes[i]

        def rule(node, gg):
            node.saved("target")
            chosen = [
                0.0 if k == ignored else values(gg)[i * classes + k] * slopes[i]
                for i, k in enumerate(target)
            ]
            part = make(chosen, (len(target),) if x.ndim == 2 else (), x.dtype)
            return part.sum() if code else part, gg * 0

        facts = {"reduction": code, "ignore_index": ignored % 2**64}
        saved = {"target": labels, "weight": weight}
        out = make(out, x._shape, x.dtype)
        return curved("NllLossBackwardBackward0", out, (g, x), rule, saved, **facts)


def nll_loss(
    input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"
):
    if size_average is not None or reduce is not None:
        refuse("this option of nll_loss")
    if not (input.ndim == 2 and target.ndim == 1) and not (input.ndim == 1 and target.ndim == 0):
        if input.ndim == 2 and target.ndim > 1:
            raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
        refuse("nll_loss on these shapes")
    if input.ndim == 2 and input._shape[0] != target._shape[0]:
        raise ValueError(
            f"Expected input batch_size ({input._shape[0]}) to match target batch_size "
            f"({target._shape[0]})."
        )
    if target.dtype is not int64:
        raise RuntimeError(f"expected target dtype to be Long or Byte, but got {target.dtype.word}")
    classes = input._shape[-1]
    if weight is not None and (weight._shape != (classes,) or weight.dtype is not input.dtype):
        refuse("nll_loss with weights of another shape or dtype")
    weights = [1.0] * classes if weight is None else values(weight)
    code = _reduction(reduction)
    numbers, losses, shares = values(input), [], []
    for i, k in enumerate(values(target)):
        if k == ignore_index:
            losses.append(0.0)
            continue
        if not 0 <= k < classes:
            raise IndexError(f"Target {k} is out of bounds.")
        losses.append(-numbers[i * classes + k] * weights[k])
        shares.append(weights[k])
    counted = make([math.fsum(shares) if code else 0.0], (), input.dtype)
    out = make(losses, target._shape, input.dtype)
    if code == 1:
        out = make([divide(_reduced(out, 2).item(), counted.item())], (), input.dtype)
    else:
        out = _reduced(out, code)
    if tracking(input):
        node = NllLossBackward0(input, reduction=code, ignore_index=ignore_index % 2**64)
        node.ignored = ignore_index
        attach(out, node.keep(self=input, target=target, weight=weight, total_weight=counted))
    return out


def _expected(input, target, weight, reduction, label_smoothing):
    """The cross entropy of logits and probabilities."""
    if input._shape != target._shape:
        if input.ndim == 2 and target.ndim == 1:
            if input._shape[0] != target._shape[0]:
                refuse("cross_entropy with labels of this shape")
            raise RuntimeError(
                f"expected target dtype to be Long or Byte, but got {target.dtype.word}"
            )
        refuse("cross_entropy with labels of this shape")
    if input.dtype is not target.dtype or not input.ndim or (label_smoothing and target._requires):
        refuse("cross_entropy of two dtypes, or with the gradient of smoothed labels")
    d = 1 if input.ndim > 1 else 0
    terms = log_softmax(input, d)
    if label_smoothing:
        target = target * (1 - label_smoothing) + label_smoothing / input._shape[d]
    terms = terms * target
    if weight is not None:
        terms = terms * weight.detach().reshape([-1 if k == d else 1 for k in range(input.ndim)])
    if REDUCTIONS.get(reduction) == 1:
        return shared_out(-terms.sum(), input.numel() // input._shape[d])
    return -terms.sum() if _reduction(reduction) == 2 else -terms.sum(d)


def _smoothed(likelihoods, target, weight, ignore_index, reduction, share, loss):
    """A share of each label is spread evenly over all classes."""
    if likelihoods.ndim != 2:
        refuse("label_smoothing of one example")
    classes, code = likelihoods._shape[1], _reduction(reduction)
    weighted = likelihoods if weight is None else likelihoods * weight.detach().reshape(1, -1)
    ignored = target == ignore_index
    even = (-weighted.sum(1)).masked_fill(ignored, 0.0)
    even._counter.changes += 1  # PyTorch fills in place
    if even._node is not None:
        even._node.outputs[0] = Output(even)
    if code == 1:
        kept = target[~ignored]
        count = make([float(kept.numel())], (), likelihoods.dtype)
        even = even.sum() / (count if weight is None else weight.detach()[kept].sum())
    elif code == 2:
        even = even.sum()
    even = scaled(even, share / classes)
    return scaled(loss, 1 - share) + even


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
    if input._shape == target._shape and not target.is_floating_point() and input.ndim:
        raise RuntimeError(
            "Expected floating point type for target with class probabilities, got "
            + target.dtype.word
        )
    if target.is_floating_point():
        return _expected(input, target, weight, reduction, label_smoothing)
    likelihoods = log_softmax(input, 1 if input.ndim == 2 else 0)
    loss = nll_loss(
        likelihoods, target, weight, size_average, ignore_index, reduce, reduction=reduction
    )
    if not label_smoothing:
        return loss
    if not 0.0 <= label_smoothing <= 1.0:
        raise RuntimeError(f"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing}")
    return _smoothed(likelihoods, target, weight, ignore_index, reduction, label_smoothing, loss)
