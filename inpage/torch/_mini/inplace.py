"""Changes in place: what may be changed, whose history it becomes, and the version count."""

from torch._mini import modes
from torch._mini.comparisons import bitwise_and, bitwise_or, bitwise_xor
from torch._mini.dtypes import FLOAT
from torch._mini.elementwise import add, div, mul, no_truth_values, operand, sub
from torch._mini.nodes import Output, tracking
from torch._mini.powers import pow
from torch._mini.refusal import refuse
from torch._mini.remainders import floor_divide, remainder
from torch._mini.shapes import broadcast, places, words
from torch._mini.tensor import Tensor, store, values
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
