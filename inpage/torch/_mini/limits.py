"""Limits and choices: clamp, where, the larger and the smaller of two."""

from torch._mini import modes
from torch._mini.dtypes import bool_, element, promote
from torch._mini.elementwise import elementwise, operand
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor, make, method, values


class ClampBackward1(Node):
    """d clamp: the gradient passes where the element was within the limits."""

    saves = ("self",)

    def backward(self, g):
        x, low, high = self.saved("self"), self._saved_min, self._saved_max
        inside = [(low is None or v >= low) and (high is None or v <= high) for v in values(x)]
        return where(make(inside, x._shape, bool_), g, 0.0)


class ClampMinBackward0(ClampBackward1):
    """d clamp with a lower limit alone."""

    _saved_max = None


class ClampMaxBackward0(ClampBackward1):
    """d clamp with an upper limit alone."""

    _saved_min = None


def clamped(input, min, max) -> list:
    """The elements within limits; nan stays."""
    if isinstance(min, Tensor) or isinstance(max, Tensor):
        refuse("clamp with tensors as limits")
    if min is None and max is None:
        raise RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None")
    kind = promote(input, *(limit for limit in (min, max) if limit is not None))
    low = None if min is None else element(min, kind)
    high = None if max is None else element(max, kind)

    def limited(x):
        if x != x:
            return x
        if low is not None and x < low:
            x = low
        return high if high is not None and x > high else x

    return [limited(x) for x in operand(input, kind, input._shape)], kind


def clamp(input, min=None, max=None):
    if isinstance(min, Tensor) or isinstance(max, Tensor):
        from torch._mini.conveniences import clamped_between

        return clamped_between(input, min, max)
    numbers, kind = clamped(input, min, max)
    out = make_like(numbers, input._shape, kind, input)
    if tracking(input):
        attach(out, ClampBackward1(input, min=min, max=max).keep(self=input))
    return out


def clamp_min(input, min):
    numbers, kind = clamped(input, min, None)
    out = make_like(numbers, input._shape, kind, input)
    if tracking(input):
        attach(out, ClampMinBackward0(input, min=min).keep(self=input))
    return out


def clamp_max(input, max):
    numbers, kind = clamped(input, None, max)
    out = make_like(numbers, input._shape, kind, input)
    if tracking(input):
        attach(out, ClampMaxBackward0(input, max=max).keep(self=input))
    return out


for _each in (clamp, clamp_min, clamp_max):
    method(_each)
method(clamp, "clip")


class WhereBackward0(Node):
    """d where: each gradient goes to the one that was chosen."""

    saves = ("condition",)

    def backward(self, g):
        condition = self.saved("condition")
        zero = g * 0
        return (
            where(condition, g, zero) if self.needs[0] else None,
            where(condition, zero, g) if self.needs[1] else None,
        )


def where(condition, input=None, other=None):
    if input is None and other is None:
        return condition.nonzero(as_tuple=True)
    if input is None or other is None:
        refuse("where with one choice")
    if condition.dtype is not bool_:
        raise RuntimeError(
            f"where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype.word}"
        )
    from torch._mini.elementwise import shape_of
    from torch._mini.shapes import broadcast

    kind = promote(input, other)
    for choice in (input, other):
        if not isinstance(choice, Tensor):
            element(choice, kind)  # raises where it does not fit
    shape = broadcast(broadcast(condition._shape, shape_of(input)), shape_of(other))
    chosen = zip(
        operand(condition, bool_, shape),
        operand(input, kind, shape),
        operand(other, kind, shape),
        strict=True,
    )
    out = make_like([a if c else b for c, a, b in chosen], shape, kind, condition, input, other)
    if tracking(input, other):
        attach(out, WhereBackward0(input, other).keep(condition=condition))
    return out


method(lambda self, condition, other: where(condition, self, other), "where")


class MaximumBackward0(Node):
    """d of the larger (or smaller) of two: half each where they are equal."""

    saves = ("other", "self")
    larger = True

    def backward(self, g):
        a, b = self.saved("self").detach(), self.saved("other").detach()
        first = elementwise(lambda x, y: (x > y if self.larger else x < y) + 0.5 * (x == y), a, b)
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of maximum")
        return (
            g * first if self.needs[0] else None,
            g * (1 - first) if self.needs[1] else None,
        )


class MinimumBackward0(MaximumBackward0):
    """d of the smaller of two."""

    larger = False


def _pairwise(name, pick, node_class):
    def function(input, other):
        def picked(x, y):
            return x if x != x else y if y != y else pick(x, y)

        out = elementwise(picked, input, other)
        if tracking(input, other):
            attach(out, node_class(input, other).keep(self=input, other=other))
        return out

    function.__name__ = name
    return method(function, name)


maximum = _pairwise("maximum", lambda x, y: x if x >= y else y, MaximumBackward0)
minimum = _pairwise("minimum", lambda x, y: x if x <= y else y, MinimumBackward0)
