"""Changes in place: what may be changed, whose history it becomes, and the version count."""

import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT, element, of_number
from torch._mini.elementwise import (
    add,
    div,
    floor_divide,
    mul,
    no_truth_values,
    operand,
    pow,
    remainder,
    sub,
)
from torch._mini.functions import bitwise_and, bitwise_or, bitwise_xor, clamped
from torch._mini.nodes import Node, Output, tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast, places, words
from torch._mini.tensor import Tensor, make, store, values
from torch._mini.views import OVERLAP, CopySlices, forbid_change, renew_history

LEAF = "a leaf Variable that requires grad is being used in an in-place operation."
VIEW_OF_LEAF = (
    "a view of a leaf Variable that requires grad is being used in an in-place operation."
)
INFERENCE = (
    "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone "
    "to get a normal tensor before doing inplace update.See "
    "https://github.com/pytorch/rfcs/pull/17 for more details."
)
PARTIAL_OVERLAP = (
    "unsupported operation: some elements of the input tensor and the written-to tensor refer to a "
    "single memory location. Please clone() the tensor before performing the operation."
)


def may_change(t, *operands) -> None:
    """Raise where PyTorch forbids the change."""
    if t._counter.inference and not modes.inference[0]:
        raise RuntimeError(INFERENCE)
    if modes.recording[0] and (t.requires_grad or any(map(_requires, operands))):
        if t._base is not None:
            forbid_change(t, "is being")
            if t.requires_grad and t._base.grad_fn is None:
                raise RuntimeError(VIEW_OF_LEAF if t._base._requires else LEAF)
        if t.requires_grad and t.is_leaf:
            raise RuntimeError(LEAF)


def _requires(operand) -> bool:
    return isinstance(operand, Tensor) and operand.requires_grad


def _writable(t, *operands) -> None:
    """Raise where one place in memory would be written twice, or read after it was written."""
    if any(n > 1 and s == 0 for n, s in zip(t._shape, t._strides, strict=True)):
        raise RuntimeError(OVERLAP)
    for other in operands:
        if not isinstance(other, Tensor) or other._storage is not t._storage:
            continue
        mine, its = _span(t), _span(other)
        same = mine == its and t._strides == other._strides and t._shape == other._shape
        if mine and its and not same and mine[0] < its[1] and its[0] < mine[1]:
            raise RuntimeError(PARTIAL_OVERLAP)
        if not same and not (mine and its) and not _memory_of(t).isdisjoint(_memory_of(other)):
            refuse("an operation in place on memory that its operand shares in part")


def _memory_of(t) -> set:
    return set(places(t._shape, t._strides, t._offset))


def _span(t):
    """Where a tensor's elements begin and end in memory; None where there are gaps between."""
    dims = [(s, n) for n, s in zip(t._shape, t._strides, strict=True) if n != 1]
    step = 1
    for stride, n in sorted(dims):
        if stride != step:
            return None
        step *= n
    return (t._offset, t._offset + step)


def changed(t, node=None):
    """Count the change, and give the tensor its new history, through its base where it is a view."""
    t._counter.changes += 1
    if node is None:
        return t
    base = t._base
    if base is None:
        t._requires, t._node, t._slot = True, node, 0
        node.outputs = [Output(t)]
        return t
    if t._retains or base._retains:
        refuse("changing a tensor in place that retains its gradient")
    slices = CopySlices(base, t, node)
    base._requires, base._node, base._slot = True, slices, 0
    slices.outputs = [Output(base)]
    t._kind_of_view = "recorded"
    renew_history(t)
    return t


def _into(t, other, compute):
    """t op= other, where `compute` makes the plain operation's result, with its history, of t."""
    may_change(t, other)
    _writable(t, other)
    if isinstance(other, Tensor):
        shape = broadcast(t._shape, other._shape)
        if shape != t._shape:
            raise RuntimeError(
                f"output with shape {words(t._shape)} doesn't match the broadcast shape "
                f"{words(shape)}"
            )
    if t._retains and tracking(t, other):
        refuse("changing a tensor in place that retains its gradient")
    result = compute(_original(t) if tracking(t, other) else t)
    if result.dtype.category > t.dtype.category:
        raise RuntimeError(
            f"result type {result.dtype.word} can't be cast to the desired output type "
            f"{t.dtype.word}"
        )
    store(t, operand(result, t.dtype, t._shape))
    return changed(t, result._node)


def _original(t):
    """What a tensor was before it changes: a derivative may need it."""
    original = t._copy()
    original._requires, original._node, original._slot = t.requires_grad, t.grad_fn, t._slot
    return original


def add_(input, other, *, alpha=1):
    return _into(input, other, lambda t: add(t, other, alpha=alpha))


def sub_(input, other, *, alpha=1):
    no_truth_values(input, other)
    return _into(input, other, lambda t: sub(t, other, alpha=alpha))


def mul_(input, other):
    return _into(input, other, lambda t: mul(t, other))


def div_(input, other, *, rounding_mode=None):
    return _into(input, other, lambda t: div(t, other, rounding_mode=rounding_mode))


def pow_(input, exponent):
    return _into(input, exponent, lambda t: pow(t, exponent))


for _name, _function in {"add": add_, "sub": sub_, "mul": mul_, "div": div_, "pow": pow_}.items():
    setattr(Tensor, f"{_name}_", _function)


def _operator(name, function):
    def operator(t, other):
        if isinstance(other, complex):
            refuse("complex numbers")
        if not isinstance(other, (Tensor, int, float)):
            return NotImplemented
        return function(t, other)

    operator.__name__ = name
    setattr(Tensor, name, operator)


for _name, _function in {
    "__iadd__": add_,
    "__isub__": sub_,
    "__imul__": mul_,
    "__itruediv__": div_,
    "__ipow__": pow_,
    "__imod__": lambda t, other: _into(t, other, lambda t: remainder(t, other)),
    "__ifloordiv__": lambda t, other: _into(t, other, lambda t: floor_divide(t, other)),
    "__iand__": lambda t, other: _into(t, other, lambda t: bitwise_and(t, other)),
    "__ior__": lambda t, other: _into(t, other, lambda t: bitwise_or(t, other)),
    "__ixor__": lambda t, other: _into(t, other, lambda t: bitwise_xor(t, other)),
}.items():
    _operator(_name, _function)


def add_gradient(leaf, gradient) -> None:
    """What AccumulateGrad does: store the first gradient that arrives, add the later ones."""
    if leaf._gradient is None:
        leaf._gradient = gradient.clone() if modes.recording[0] else gradient._copy()
    elif modes.recording[0]:
        leaf._gradient = leaf._gradient + gradient
    else:
        total = leaf._gradient
        sums = [a + b for a, b in zip(values(total), values(gradient), strict=True)]
        store(total, sums)
        total._counter.changes += 1


# Overwriting ---------------------------------------------------------------------------------------


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


for _function in (zero_, fill_, copy_, clamp_, normal_, uniform_, exponential_, bernoulli_):
    setattr(Tensor, _function.__name__, _function)


def _unrecorded(name):
    """relu_, exp_, ... : where autograd does not record."""

    def function(input):
        may_change(input)
        _writable(input)
        if tracking(input):
            return _recorded(input, name)
        result = getattr(input, name)()
        if result.dtype.category == FLOAT and input.dtype.category != FLOAT:
            raise RuntimeError(
                f"result type {result.dtype.word} can't be cast to the desired output type "
                f"{input.dtype.word}"
            )
        store(input, values(result))
        return changed(input)

    function.__name__ = f"{name}_"
    setattr(Tensor, f"{name}_", function)
    return function


def _recorded(input, name):
    """An operation in place that saves what it makes, or what was there."""
    node_of = getattr(input, name)()._node
    saved = {key: kept for key, kept in node_of._kept.items() if kept is not None}
    if "self" in saved:
        refuse(f"{name}_ while autograd records")
    result = getattr(input.detach()._copy(), name)()
    store(input, values(result))
    changed(input, node_of)
    if "result" in saved:
        from torch._mini.nodes import Saved

        node_of._kept["result"] = Saved(input, input._node)
    return input


relu_, exp_, sigmoid_, tanh_, sqrt_, neg_, abs_, floor_, ceil_, round_ = (
    _unrecorded(name)
    for name in ("relu", "exp", "sigmoid", "tanh", "sqrt", "neg", "abs", "floor", "ceil", "round")
)
