"""Layers beside the linear one: activations, dropout, normalisation, embedding."""

import math

from torch._mini import activations, random
from torch._mini.creation import empty, ones, tensor, zeros
from torch._mini.dtypes import FLOAT, int64
from torch._mini.elementwise import mul
from torch._mini.modes import no_grad
from torch._mini.modules import Module, Parameter
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor, make, store, values


def dropout(input, p=0.5, training=True, inplace=False):
    """Zero elements with probability p, and scale the others up, while training."""
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if inplace:
        refuse("dropout in place")
    if p == 0 or not training or not input.numel():
        return input
    if input.dtype.category != FLOAT:
        refuse("dropout of whole numbers")
    if p == 1:
        return mul(input, zeros(()))
    stay = 1 - p
    generator = random.source(None)
    kept = [1.0 if generator.uniform64() < stay else 0.0 for _ in range(input.numel())]
    noise = make(kept, input._shape, input.dtype)
    noise.div_(stay)
    return mul(input, noise)


class Dropout(Module):
    """Zeros at random while training."""

    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        self.p, self.inplace = p, inplace

    def forward(self, input):
        return dropout(input, self.p, self.training, self.inplace)

    def extra_repr(self):
        return f"p={self.p}, inplace={self.inplace}"


class LeakyReLU(Module):
    """x, or a small share of it where it is negative."""

    def __init__(self, negative_slope=0.01, inplace=False):
        super().__init__()
        self.negative_slope, self.inplace = negative_slope, inplace

    def forward(self, input):
        return activations.leaky_relu(input, self.negative_slope, self.inplace)

    def extra_repr(self):
        return f"negative_slope={self.negative_slope}" + (", inplace=True" if self.inplace else "")


class ELU(Module):
    """x, or alpha (exp(x) - 1) where it is negative."""

    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha, self.inplace = alpha, inplace

    def forward(self, input):
        return activations.elu(input, self.alpha, self.inplace)

    def extra_repr(self):
        return f"alpha={self.alpha}" + (", inplace=True" if self.inplace else "")


class GELU(Module):
    """x times the normal distribution function of x."""

    def __init__(self, approximate="none"):
        super().__init__()
        self.approximate = approximate

    def forward(self, input):
        return activations.gelu(input, self.approximate)

    def extra_repr(self):
        return f"approximate={self.approximate!r}"


class SiLU(Module):
    """x times its sigmoid."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def forward(self, input):
        return activations.silu(input, self.inplace)

    def extra_repr(self):
        return "inplace=True" if self.inplace else ""


class Softplus(Module):
    """log(1 + exp(x))."""

    def __init__(self, beta=1.0, threshold=20.0):
        super().__init__()
        self.beta, self.threshold = beta, threshold

    def forward(self, input):
        return activations.softplus(input, self.beta, self.threshold)

    def extra_repr(self):
        return f"beta={self.beta}, threshold={self.threshold}"


class LogSigmoid(Module):
    """The logarithm of the sigmoid."""

    def forward(self, input):
        return activations.logsigmoid(input)


class Hardtanh(Module):
    """x within limits."""

    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False):
        super().__init__()
        self.min_val, self.max_val, self.inplace = min_val, max_val, inplace
        assert self.max_val > self.min_val

    def forward(self, input):
        return activations.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self):
        return f"min_val={self.min_val}, max_val={self.max_val}" + (
            ", inplace=True" if self.inplace else ""
        )


class ReLU6(Hardtanh):
    """x between 0 and 6."""

    def __init__(self, inplace=False):
        super().__init__(0.0, 6.0, inplace)

    def extra_repr(self):
        return "inplace=True" if self.inplace else ""


# Normalisation --------------------------------------------------------------------------------------


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
                result1=make(means, (width,), input.dtype),
                result2=make(scales, (width,), input.dtype),
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


# Rows by number -------------------------------------------------------------------------------------


class EmbeddingBackward0(Node):
    """d embedding."""

    saves = ("indices",)

    def backward(self, g):
        from torch._mini import modes

        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of embedding")
        indices, width = values(self.saved("indices")), g._shape[-1]
        rows, numbers = self._saved_weight_sym_argsize_0, values(g)
        out = [0.0] * (rows * width)
        for k, row in enumerate(indices):
            if row == self._saved_padding_idx:
                continue
            for j in range(width):
                out[row * width + j] += numbers[k * width + j]
        return make(out, (rows, width), g.dtype)


def embedding(input, weight, padding_idx=-1):
    if input.dtype is not int64:
        refuse("embedding by another dtype than int64")
    rows, width = weight._shape
    numbers, out = values(weight), []
    for k in values(input):
        if not 0 <= k < rows:
            raise IndexError("index out of range in self")
        out += numbers[k * width : (k + 1) * width]
    result = make(out, (*input._shape, width), weight.dtype)
    if tracking(weight):
        node = EmbeddingBackward0(
            weight,
            padding_idx=padding_idx % 2**64,
            scale_grad_by_freq=False,
            sparse=False,
            weight_sym_argsize_0=rows,
        )
        attach(result, node.keep(indices=input))
    return result


class Embedding(Module):
    """A row of numbers for each whole number."""

    def __init__(self, num_embeddings, embedding_dim, padding_idx=None, **options):
        super().__init__()
        if options:
            refuse("Embedding with options")
        if padding_idx is not None:
            n = num_embeddings
            side = "num_embeddings" if padding_idx > 0 else "-num_embeddings"
            assert -n <= padding_idx < n, f"Padding_idx must be within {side}"
            padding_idx %= n
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.padding_idx = padding_idx
        self.weight = Parameter(empty(num_embeddings, embedding_dim))
        with no_grad():
            self.weight.normal_()
            if padding_idx is not None:
                self.weight[padding_idx].fill_(0)

    @classmethod
    def from_pretrained(cls, embeddings, freeze=True, **options):
        if options or embeddings.ndim != 2:
            refuse("Embedding.from_pretrained with options")
        rows, columns = embeddings._shape
        found = cls.__new__(cls)
        Module.__init__(found)
        found.num_embeddings, found.embedding_dim, found.padding_idx = rows, columns, None
        found.weight = Parameter(embeddings, requires_grad=not freeze)
        return found

    def forward(self, input):
        if not isinstance(input, Tensor):
            refuse("an embedding of something else than a tensor")
        return embedding(input, self.weight, -1 if self.padding_idx is None else self.padding_idx)

    def extra_repr(self):
        padding = "" if self.padding_idx is None else f", padding_idx={self.padding_idx}"
        return f"{self.num_embeddings}, {self.embedding_dim}{padding}"
