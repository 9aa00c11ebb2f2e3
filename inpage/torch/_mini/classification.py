"""Losses of classes: cross entropies of logits and of probabilities, likelihoods."""

import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT, int64, uint8
from torch._mini.elementwise import divide, scaled, shared_out
from torch._mini.losses import REDUCTIONS, _reduced, _reduction
from torch._mini.nodes import Node, Output, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.second import curved
from torch._mini.shapes import broadcast
from torch._mini.softmax import log_softmax
from torch._mini.tensor import make, spread, values


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
    if input.ndim == 1 and target.ndim == 1 and target._shape != (1,):
        raise ValueError(
            f"For 1D input, 1D target must have size 1, but got target size: {target._shape[0]}"
        )
    count = target._shape[0] if target.ndim else 0
    if input.ndim >= 2 and input._shape[0] != count:
        raise ValueError(
            f"Expected input batch_size ({input._shape[0]}) to match target batch_size ({count})."
        )
    if not (input.ndim == 2 and target.ndim == 1) and not (input.ndim == 1 and target.ndim == 0):
        if input.ndim == 2 and target.ndim > 1:
            raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
        refuse("nll_loss on these shapes")
    if target.dtype is uint8:
        refuse("labels of uint8")
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
                raise ValueError(
                    f"Expected input batch_size ({input._shape[0]}) to match target batch_size "
                    f"({target._shape[0]})."
                )
            raise RuntimeError(
                f"expected target dtype to be Long or Byte, but got {target.dtype.word}"
            )
        if input.ndim == 2 and target.ndim > 1 and input._shape[0] == target._shape[0]:
            raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
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
