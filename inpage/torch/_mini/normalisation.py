"""Mean 0 and variance 1: layer_norm and batch_norm."""

import math

from torch._mini.creation import ones, tensor, zeros
from torch._mini.dtypes import FLOAT, int64
from torch._mini.modes import no_grad
from torch._mini.modules import Module
from torch._mini.nodes import Node, attach, tracking
from torch._mini.parameters import Parameter
from torch._mini.refusal import refuse
from torch._mini.tensor import make, store, values


class _Standardised(Node):
    """d of x - mean over the standard deviation, along the last dimensions or over the batch."""

    def standardised(self, g, x, weight, groups, eps):
        """The gradients in x, weight and bias; groups: lists of places that share their mean."""
        numbers, incoming = values(x), values(g)
        factors = [1.0] * len(numbers) if weight is None else self.weights(values(weight))
        out, scaled = [0.0] * len(numbers), [0.0] * len(numbers)
        for places in groups:
            n = len(places)
            mean = math.fsum(numbers[i] for i in places) / n
            spread = math.fsum((numbers[i] - mean) ** 2 for i in places) / n
            inverse = 1 / math.sqrt(spread + eps)
            hat = [(numbers[i] - mean) * inverse for i in places]
            slopes = [incoming[i] * factors[i] for i in places]
            total = math.fsum(slopes) / n
            along = math.fsum(a * b for a, b in zip(slopes, hat, strict=True)) / n
            for i, h, s in zip(places, hat, slopes, strict=True):
                out[i], scaled[i] = inverse * (s - total - h * along), h * incoming[i]
        return out, scaled, incoming


def _reset(*tensors) -> None:
    """Count that PyTorch fills new parameters and buffers in place."""
    for t in tensors:
        if t is not None:
            t._counter.changes += 1


class NativeLayerNormBackward0(_Standardised):
    """d layer_norm."""

    saves = ("bias", "input", "result1", "result2", "weight")

    def weights(self, weight):
        return weight * self.rows

    def backward(self, g):
        from torch._mini import modes

        if modes.recording[0]:
            refuse("a second derivative of layer_norm")
        g = g[0] if isinstance(g, list) else g
        x, weight = self.saved("input"), self.saved("weight")
        groups = [range(k * self.width, (k + 1) * self.width) for k in range(self.rows)]
        out, scaled, incoming = self.standardised(g, x, weight, groups, self.eps)
        shape = tuple(self._saved_normalized_shape)
        columns = range(self.width)
        slopes = [
            make([math.fsum(t[j :: self.width]) for j in columns], shape, x.dtype)
            for t in (scaled, incoming)
        ]
        needs = (*self.needs, False, False)
        return (
            make(out, x._shape, x.dtype) if needs[0] else None,
            slopes[0] if needs[1] else None,
            slopes[1] if needs[2] else None,
        )


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05):
    shape = tuple(normalized_shape)
    if input._shape[len(input._shape) - len(shape) :] != shape or input.dtype.category != FLOAT:
        refuse("layer_norm of this shape")
    width = math.prod(shape)
    rows = input.numel() // max(width, 1)
    numbers, out, means, scales = values(input), [], [], []
    factors = [1.0] * width if weight is None else values(weight)
    shifts = [0.0] * width if bias is None else values(bias)
    for k in range(rows):
        row = numbers[k * width : (k + 1) * width]
        mean = math.fsum(row) / width
        scale = 1 / math.sqrt(math.fsum((x - mean) ** 2 for x in row) / width + eps)
        means.append(mean)
        scales.append(scale)
        out += [(x - mean) * scale * w + b for x, w, b in zip(row, factors, shifts, strict=True)]
    result = make(out, input._shape, input.dtype)
    if tracking(input, weight, bias):
        node = NativeLayerNormBackward0(input, weight, bias, normalized_shape=shape)
        node.rows, node.width, node.eps = rows, width, eps
        few = (*input._shape[: input.ndim - len(shape)], *(1,) * len(shape))
        node.keep(
            input=input,
            weight=weight,
            bias=bias,
            result1=make(means, few, input.dtype),
            result2=make(scales, few, input.dtype),
        )
        attach(result, node)
    return result


class LayerNorm(Module):
    """Each example on its own: mean 0, variance 1, then scaled and shifted."""

    def __init__(
        self,
        normalized_shape,
        eps=1e-05,
        elementwise_affine=True,
        bias=True,
        device=None,
        dtype=None,
    ):
        super().__init__()
        if device is not None or dtype is not None:
            refuse("LayerNorm with a device or a dtype")
        shape = (
            (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        )
        self.normalized_shape, self.eps = shape, eps
        self.elementwise_affine = elementwise_affine
        self._has_bias = bias
        self.register_parameter("weight", Parameter(ones(*shape)) if elementwise_affine else None)
        has_bias = elementwise_affine and bias
        self.register_parameter("bias", Parameter(zeros(*shape)) if has_bias else None)
        _reset(self.weight, self.bias)

    def forward(self, input):
        return layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self):
        return (
            f"{self.normalized_shape}, eps={self.eps}, elementwise_affine="
            f"{self.elementwise_affine}, bias={self._has_bias}"
        )


class NativeBatchNormBackward0(_Standardised):
    """d batch_norm while training."""

    saves = ("input", "result1", "result2", "running_mean", "running_var", "weight")

    def weights(self, weight):
        return [weight[i % self.width] for i in range(self.rows * self.width)]

    def backward(self, g):
        from torch._mini import modes

        if modes.recording[0]:
            refuse("a second derivative of batch_norm")
        g = g[0] if isinstance(g, list) else g
        x, weight = self.saved("input"), self.saved("weight")
        size = self.rows * self.width
        groups = [range(j, size, self.width) for j in range(self.width)]
        if self._saved_training:
            out, scaled, incoming = self.standardised(g, x, weight, groups, self._saved_eps)
        else:
            out, scaled, incoming = self._by_running_statistics(g, x, weight)
        slopes = [
            make([math.fsum(t[i] for i in places) for places in groups], (self.width,), x.dtype)
            for t in (scaled, incoming)
        ]
        return (
            make(out, x._shape, x.dtype) if self.needs[0] else None,
            slopes[0] if self.needs[1] else None,
            slopes[1] if self.needs[2] else None,
        )

    def _by_running_statistics(self, g, x, weight):
        """In evaluation mode mean and variance are constants."""
        means, spreads = values(self.saved("running_mean")), values(self.saved("running_var"))
        scales = [1 / math.sqrt(s + self._saved_eps) for s in spreads]
        factors, incoming, n = values(weight), values(g), self.width
        out = [s * scales[i % n] * factors[i % n] for i, s in enumerate(incoming)]
        hats = [(v - means[i % n]) * scales[i % n] for i, v in enumerate(values(x))]
        return out, [a * b for a, b in zip(hats, incoming, strict=True)], incoming


class BatchNorm1d(Module):
    """Each feature over the minibatch; outside training with the running mean and variance."""

    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=True,
        track_running_stats=True,
        device=None,
        dtype=None,
        *,
        bias=True,
    ):
        super().__init__()
        if device is not None or dtype is not None or not affine or not track_running_stats:
            refuse("BatchNorm1d with these options")
        if momentum is None or not bias:
            refuse("BatchNorm1d with these options")
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.weight, self.bias = Parameter(ones(num_features)), Parameter(zeros(num_features))
        self.register_buffer("running_mean", zeros(num_features))
        self.register_buffer("running_var", ones(num_features))
        self.register_buffer("num_batches_tracked", tensor(0, dtype=int64))
        buffers = (self.running_mean, self.running_var, self.num_batches_tracked)
        _reset(*buffers, self.weight, self.bias)

    def forward(self, input):
        if input.ndim not in (2, 3):
            raise ValueError(f"expected 2D or 3D input (got {input.ndim}D input)")
        if input.ndim == 3 or input.dtype is not self.weight.dtype:
            refuse("BatchNorm1d of sequences, or of another dtype")
        rows, width = input._shape
        if width != self.num_features:
            raise RuntimeError(
                f"running_mean should contain {width} elements not {self.num_features}"
            )
        if self.training:
            self.num_batches_tracked.add_(1)
        if self.training and rows == 1:
            raise ValueError(
                f"Expected more than 1 value per channel when training, got input size {input.shape}"
            )
        numbers = values(input)
        if self.training:
            means = [math.fsum(numbers[j::width]) / rows for j in range(width)]
            spreads = [
                math.fsum((x - means[j]) ** 2 for x in numbers[j::width]) / rows
                for j in range(width)
            ]
            self._follow(means, [s * rows / (rows - 1) for s in spreads])
        else:
            means, spreads = values(self.running_mean), values(self.running_var)
        scales = [1 / math.sqrt(s + self.eps) for s in spreads]
        w, b = values(self.weight), values(self.bias)
        out = [
            (x - means[i % width]) * scales[i % width] * w[i % width] + b[i % width]
            for i, x in enumerate(numbers)
        ]
        result = make(out, input._shape, input.dtype)
        if tracking(input, self.weight, self.bias):
            node = NativeBatchNormBackward0(
                input, self.weight, self.bias, eps=self.eps, training=self.training
            )
            node.rows, node.width = rows, width
            node.keep(
                input=input,
                weight=self.weight,
                running_mean=self.running_mean,
                running_var=self.running_var,
                result1=make(*((means, (width,)) if self.training else ([], (0,))), input.dtype),
                result2=make(*((scales, (width,)) if self.training else ([], (0,))), input.dtype),
            )
            attach(result, node)
        return result

    def _follow(self, means, spreads):
        """Move the running statistics towards those of this minibatch."""
        with no_grad():
            for buffer, new in ((self.running_mean, means), (self.running_var, spreads)):
                share = self.momentum
                mixed = [
                    (1 - share) * old + share * n
                    for old, n in zip(values(buffer), new, strict=True)
                ]
                store(buffer, mixed)  # which PyTorch does not count as a change

    def extra_repr(self):
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine=True, "
            "bias=True, track_running_stats=True"
        )
