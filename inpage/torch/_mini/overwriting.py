"""Overwriting a tensor: with zeros, a number, another tensor, random numbers."""

import math

from torch._mini.blending import lerp
from torch._mini.dtypes import FLOAT, element, float32, float64, int64, of_number
from torch._mini.elementwise import operand
from torch._mini.inplace import _writable, changed, may_change
from torch._mini.limits import clamped
from torch._mini.nodes import Node, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast, words
from torch._mini.tensor import Tensor, make, store, values


class ZeroBackward0(Node):
    """d zero_: nothing of what was there counts."""

    def backward(self, g):
        return g * 0


class FillBackward2(Node):
    """d fill_ with a number."""

    def backward(self, g):
        return g * 0


class FillBackward3(Node):
    """d fill_ with a tensor: its share is the sum."""

    def backward(self, g):
        return (g * 0 if self.needs[0] else None, g.sum() if self.needs[1] else None)


class CopyBackwards(Node):
    """d copy_: the gradient goes to what was copied."""

    def name(self):
        return "torch::autograd::CopyBackwards"

    def __init__(self, target, source):
        super().__init__(target, source)
        self.source_shape, self.source_dtype = source._shape, source.dtype

    def backward(self, g):
        source = None
        if self.needs[1]:
            source = g.sum_to(self.source_shape).to(self.source_dtype)
        return (g * 0 if self.needs[0] else None, source)


def zero_(input):
    may_change(input)
    node = ZeroBackward0(input) if tracking(input) else None
    store(input, [element(0, input.dtype)] * input.numel())
    return changed(input, node)


def fill_(input, value):
    may_change(input, value)
    if isinstance(value, Tensor):
        if value.ndim:
            raise RuntimeError(
                "fill_ only supports 0-dimension value tensor but got tensor with "
                f"{value.ndim} dimensions."
            )
        node = FillBackward3(input, value) if tracking(input, value) else None
        number = value.item()
    else:
        node = FillBackward2(input) if tracking(input) else None
        number = value
    store(input, [element(number, input.dtype)] * input.numel())
    return changed(input, node)


def copy_(input, src, non_blocking=False):
    if isinstance(src, (bool, int, float)):
        src = make([src], (), of_number(src))
    if not isinstance(src, Tensor):
        raise TypeError(
            f"copy_(): argument 'other' (position 1) must be Tensor, not {type(src).__name__}"
        )
    may_change(input, src)
    if src is input:
        input._counter.changes += 1
        return input if not tracking(input) else refuse("copy_ of a tensor onto itself")
    _writable(input, src)
    shape = broadcast(input._shape, src._shape)
    if shape != input._shape:
        raise RuntimeError(
            f"output with shape {words(input._shape)} doesn't match the broadcast shape "
            f"{words(shape)}"
        )
    recorded = tracking(input, src) and input.dtype.category == FLOAT
    node = CopyBackwards(input, src) if recorded else None
    store(input, operand(src, input.dtype, input._shape))
    return changed(input, node)


def clamp_(input, min=None, max=None):
    may_change(input)
    if tracking(input):
        refuse("clamp_ while autograd records")
    numbers, kind = clamped(input, min, max)
    if kind.category > input.dtype.category:
        raise RuntimeError(
            f"result type {kind.word} can't be cast to the desired output type {input.dtype.c_word}"
        )
    store(input, numbers)
    return changed(input)


def normal_(input, mean=0, std=1, *, generator=None):
    from torch._mini import random

    may_change(input)
    if tracking(input):
        refuse("normal_ while autograd records")
    _floating(input)
    store(
        input,
        random.normal(
            input.numel(), input.dtype, float(mean), float(std), generator, input.is_contiguous()
        ),
    )
    return changed(input)


def uniform_(input, a=0, b=1, *, generator=None):
    from torch._mini import random

    may_change(input)
    if tracking(input):
        refuse("uniform_ while autograd records")
    _floating(input)
    if not a <= b:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={a} > to={b}"
        )
    store(input, random.uniform(input.numel(), input.dtype, float(a), float(b), generator))
    return changed(input)


def exponential_(input, lambd=1, *, generator=None):
    from torch._mini import random

    may_change(input)
    if tracking(input):
        refuse("exponential_ while autograd records")
    _floating(input)
    if lambd <= 0:
        refuse("exponential_ of this rate")
    g = random.source(generator)
    store(input, [-math.log1p(-g.uniform64()) / lambd for _ in range(input.numel())])
    return changed(input)


def random_(input, *bounds, generator=None):
    from torch._mini import random

    may_change(input)
    if tracking(input) or not 1 <= len(bounds) <= 2 or not all(type(n) is int for n in bounds):
        refuse("this kind of random_")
    low, high = (0, *bounds) if len(bounds) == 1 else bounds
    if not low < high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    if high - low >= 2**24 or low < -(2**24):
        refuse("random_ over so large a range")
    g = random.source(generator)
    store(input, [low + g.bits() % (high - low) for _ in range(input.numel())])
    return changed(input)


def apply_(input, callable):
    """Replace each number by what a function of Python makes of it; no version is counted."""
    if input.requires_grad:
        raise RuntimeError(
            "Can't call apply_() on Variable that requires grad. Use var.detach().apply_() instead."
        )
    made = [callable(x) for x in values(input)]
    if input.dtype not in (float32, float64, int64) or not all(
        isinstance(x, (int, float)) for x in made
    ):
        refuse("apply_ with this")
    store(input, made if input.dtype is not int64 else [int(x) for x in made])
    return input


def _floating(t):
    if not t.is_floating_point():
        refuse("random numbers in a tensor of whole numbers")


def bernoulli_(input, p=0.5, *, generator=None):
    from torch._mini import random

    may_change(input)
    if tracking(input) or isinstance(p, Tensor):
        refuse("bernoulli_ while autograd records, or with a tensor")
    if not 0 <= p <= 1:
        raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={p}")
    g = random.source(generator)
    store(input, [1 if g.uniform64() < p else 0 for _ in range(input.numel())])
    return changed(input)


def lerp_(input, end, weight):
    may_change(input, end)
    if tracking(input, end):
        refuse("lerp_ while autograd records")
    store(input, values(lerp(input.detach(), end, weight)))
    return changed(input)


for _function in (
    lerp_,
    zero_,
    fill_,
    copy_,
    clamp_,
    normal_,
    uniform_,
    exponential_,
    bernoulli_,
    random_,
    apply_,
):
    setattr(Tensor, _function.__name__, _function)
