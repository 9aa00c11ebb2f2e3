"""Activation functions beyond relu, sigmoid and tanh, with first and second derivatives."""

import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT
from torch._mini.elementwise import inf
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.second import curved
from torch._mini.tensor import make, values


class _Activation(Node):
    """A function of one tensor; `slope` and `bend` are its derivatives at a number."""

    saves = ("self",)
    keeps_gradient = True

    def backward(self, g):
        x = self.saved("self")
        slopes = [self.slope(v) for v in values(x)]
        out = make([a * b for a, b in zip(values(g), slopes, strict=True)], x._shape, x.dtype)

        def rule(node, gg):
            x = node.saved("self")
            slopes = make([self.slope(v) for v in values(x)], x._shape, x.dtype)
            bends = make([self.bend(v) for v in values(x)], x._shape, x.dtype)
            return gg * slopes, gg * g * bends

        saved = {"grad_output": g, "self": x} if self.keeps_gradient else {"self": x}
        name = self.name().replace("Backward0", "BackwardBackward0")
        return curved(name, out, (g, x), rule, saved, **self.facts)


def _activated(name, input, compute, slope, bend, node_class, **facts):
    """Apply an activation function, and record it."""
    if input.dtype.category != FLOAT:
        refuse(f"{name} of whole numbers")
    out = make_like(map(compute, values(input)), input._shape, input.dtype, input)
    if tracking(input):
        node = node_class(input, **facts)
        node.slope, node.bend, node.facts = slope, bend, facts
        attach(out, node.keep(self=input))
    return out


def _exp(x):
    return math.exp(x) if x < 709 else inf


class SoftplusBackward0(_Activation):
    """d softplus."""


def softplus(input, beta=1, threshold=20):
    def chance(x):
        return 1 / (1 + _exp(-x * beta))

    return _activated(
        "softplus",
        input,
        lambda x: x if x * beta > threshold else math.log1p(_exp(x * beta)) / beta,
        lambda x: 1.0 if x * beta > threshold else chance(x),
        lambda x: 0.0 if x * beta > threshold else beta * chance(x) * (1 - chance(x)),
        SoftplusBackward0,
        beta=beta,
        threshold=threshold,
    )


class LeakyReluBackward0(_Activation):
    """d leaky_relu."""

    keeps_gradient = False


def leaky_relu(input, negative_slope=0.01, inplace=False):
    if inplace:
        refuse("leaky_relu in place")
    return _activated(
        "leaky_relu",
        input,
        lambda x: x if x > 0 else x * negative_slope,
        lambda x: 1.0 if x > 0 else negative_slope,
        lambda x: 0.0,
        LeakyReluBackward0,
        negative_slope=negative_slope,
    )


class EluBackward0(_Activation):
    """d elu."""

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of elu")
        return super().backward(g)


def elu(input, alpha=1.0, inplace=False):
    if inplace:
        refuse("elu in place")
    return _activated(
        "elu",
        input,
        lambda x: x if x > 0 else math.expm1(x) * alpha,
        lambda x: 1.0 if x > 0 else _exp(x) * alpha,
        lambda x: 0.0,
        EluBackward0,
        alpha=alpha,
        scale=1,
        input_scale=1,
    )


class GeluBackward0(_Activation):
    """d gelu."""


def gelu(input, approximate="none"):
    if approximate != "none":
        refuse("gelu by approximation")

    def share(x):
        return 0.5 * (1 + math.erf(x * math.sqrt(0.5)))

    def density(x):
        return math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)

    return _activated(
        "gelu",
        input,
        lambda x: x * share(x),
        lambda x: share(x) + x * density(x),
        lambda x: (2 - x * x) * density(x),
        GeluBackward0,
        approximate=approximate,
    )


class SiluBackward0(_Activation):
    """d silu."""

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of silu")
        return super().backward(g)


def silu(input, inplace=False):
    if inplace:
        refuse("silu in place")

    def chance(x):
        return 1 / (1 + _exp(-x))

    return _activated(
        "silu",
        input,
        lambda x: x * chance(x),
        lambda x: chance(x) * (1 + x * (1 - chance(x))),
        lambda x: 0.0,
        SiluBackward0,
    )


class HardtanhBackward0(_Activation):
    """d hardtanh."""

    keeps_gradient = False


def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    if inplace:
        refuse("hardtanh in place")
    return _activated(
        "hardtanh",
        input,
        lambda x: min_val if x < min_val else max_val if x > max_val else x,
        lambda x: 1.0 if min_val < x < max_val else 0.0,
        lambda x: 0.0,
        HardtanhBackward0,
        min_val=min_val,
        max_val=max_val,
    )


def relu6(input, inplace=False):
    if inplace:
        refuse("relu6 in place")
    return hardtanh(input, 0.0, 6.0)


class LogSigmoidBackward0(_Activation):
    """d logsigmoid."""

    saves = ("buffer", "self")

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative of logsigmoid")
        self.saved("buffer")
        return super().backward(g)


def logsigmoid(input):
    out = _activated(
        "logsigmoid",
        input,
        lambda x: min(0.0, x) - math.log1p(_exp(-abs(x))),
        lambda x: 1 / (1 + _exp(x)),
        lambda x: 0.0,
        LogSigmoidBackward0,
    )
    if out._node is not None:
        shares = [_exp(-abs(x)) for x in values(input)]
        out._node.keep(buffer=make(shares, input._shape, input.dtype))
    return out


def softsign(input):
    return input / (input.abs() + 1)


def _without_second(name, input, compute, slope, node_class, **facts):
    """An activation function whose second derivative is refused."""
    return _activated(name, input, compute, slope, lambda x: 0.0, node_class, **facts)


class SeluBackward0(EluBackward0):
    """d selu, which PyTorch takes for an elu with factors."""

    def name(self):
        return "EluBackward0"


def selu(input, inplace=False):
    if inplace:
        refuse("selu in place")
    alpha, scale = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
    return _without_second(
        "selu",
        input,
        lambda x: scale * (x if x > 0 else math.expm1(x) * alpha),
        lambda x: scale * (1.0 if x > 0 else _exp(x) * alpha),
        SeluBackward0,
        alpha=alpha,
        scale=scale,
        input_scale=1,
    )


class MishBackward0(EluBackward0):
    """d mish."""


def mish(input, inplace=False):
    if inplace:
        refuse("mish in place")

    def soft(x):
        return math.tanh(math.log1p(_exp(x)) if x < 30 else x)

    def slope(x):
        t = soft(x)
        return t + x * (1 - t * t) / (1 + _exp(-x))

    return _without_second("mish", input, lambda x: x * soft(x), slope, MishBackward0)
