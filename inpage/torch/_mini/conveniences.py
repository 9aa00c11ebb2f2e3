"""Functions that save a line or two: no gradient passes through these."""

import builtins
import functools
import math

from torch._mini.creation import zeros
from torch._mini.dtypes import FLOAT, WHOLE, bool_, default, int64
from torch._mini.elementwise import elementwise
from torch._mini.joining import cat, stack
from torch._mini.limits import maximum, minimum
from torch._mini.nodes import tracking
from torch._mini.parts import tensor_split
from torch._mini.products import mm, mv
from torch._mini.refusal import refuse
from torch._mini.repeating import flip
from torch._mini.shapes import wrap
from torch._mini.tensor import Tensor, make, method, values


def untracked(function):
    """Refuse to record what the function does."""

    @functools.wraps(function)
    def alone(*args, **kwargs):
        if tracking(*args, *kwargs.values()):
            refuse(f"the gradient of {function.__name__}")
        return function(*args, **kwargs)

    return alone


def is_nonzero(input):
    if input.numel() != 1:
        raise RuntimeError(
            "Boolean value of Tensor with no values is ambiguous"
            if not input.numel()
            else "Boolean value of Tensor with more than one value is ambiguous"
        )
    return builtins.bool(input.item())


def argwhere(input):
    return input.nonzero()


@untracked
def isin(elements, test_elements):
    if not isinstance(elements, Tensor) or not isinstance(test_elements, Tensor):
        refuse("isin of numbers")
    known = set(values(test_elements))
    return make([x in known for x in values(elements)], elements._shape, bool_)


def _along(name, at_least, d):
    def function(input):
        if input.ndim < at_least:
            raise RuntimeError(f"Input must be >= {at_least}-d.")
        return flip(input, d)

    function.__name__ = name
    return function


fliplr, flipud = _along("fliplr", 2, 1), _along("flipud", 1, 0)


def _splitting(name, at_least, axis):
    def function(input, indices_or_sections):
        if input.ndim < at_least:
            raise RuntimeError(
                f"torch.{name} requires a tensor with at least {at_least} dimension"
                f"{'s' * (at_least > 1)}, but got a tensor with {input.ndim} dimensions!"
            )
        d = axis(input)
        n = input._shape[d]
        if isinstance(indices_or_sections, int) and indices_or_sections > 0:
            if n % indices_or_sections:
                raise RuntimeError(
                    f"torch.{name} attempted to split along dimension {d}, but the size of the "
                    f"dimension {n} is not divisible by the split_size {indices_or_sections}!"
                )
        elif isinstance(indices_or_sections, int):
            refuse(f"{name} into no parts")
        return tensor_split(input, indices_or_sections, d)

    function.__name__ = name
    return function


hsplit = _splitting("hsplit", 1, lambda t: 0 if t.ndim == 1 else 1)
vsplit = _splitting("vsplit", 2, lambda t: 0)
dsplit = _splitting("dsplit", 3, lambda t: 2)


@untracked
def kron(input, other):
    if input.ndim != 2 or other.ndim != 2:
        refuse("kron of other tensors than matrices")
    rows = [cat([other * x for x in row], 1) for row in input.tolist()]
    out = cat(rows, 0)
    return out if out.dtype is (input * other.sum()).dtype else refuse("kron of two dtypes")


@untracked
def vander(x, N=None, increasing=False):
    if x.ndim != 1:
        raise RuntimeError("x must be a one-dimensional tensor.")
    n = x._shape[0] if N is None else N
    columns = [x**0]
    for _ in range(n - 1):
        columns.append(columns[-1] * x)
    if not n:
        refuse("vander of no columns")
    return stack(columns if increasing else columns[::-1], 1)


def logspace(start, end, steps, base=10.0, *, dtype=None, requires_grad=False):
    kind = dtype or default[0]
    if kind.category != FLOAT or requires_grad or not isinstance(steps, int) or steps < 2:
        refuse("this kind of logspace")
    step = (end - start) / (steps - 1)
    half = steps // 2
    places = [start + step * i if i < half else end - step * (steps - i - 1) for i in range(steps)]
    return make([math.pow(base, place) for place in places], (steps,), kind)


@untracked
def inner(input, other):
    if not input.ndim or not other.ndim:
        return input * other
    if input._shape[-1] != other._shape[-1]:
        refuse("inner of two widths")
    if input.ndim > 2 or other.ndim > 2:
        refuse("inner of more than two dimensions")
    if input.ndim == other.ndim == 1:
        return input.dot(other)
    if input.ndim == 1:
        return mv(other, input)
    return mm(input, other.t()) if other.ndim == 2 else mv(input, other)


@untracked
def combinations(input, r=2, with_replacement=False):
    import itertools

    if input.ndim != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {list(input._shape)}")
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    rows = list(choose(values(input), r))
    return make([x for row in rows for x in row], (len(rows), r), input.dtype)


@untracked
def diag_embed(input):
    if not input.ndim:
        refuse("diag_embed of one number")
    n = input._shape[-1]
    out = zeros(*input._shape, n, dtype=input.dtype)
    numbers, cells = values(input), values(out)
    for i, x in enumerate(numbers):
        cells[i * n + i % n] = x
    return make(cells, out._shape, input.dtype)


def diagflat(input):
    return diag_embed(input.reshape(-1))


@untracked
def take_along_dim(input, indices, dim=None):
    if dim is None:
        input, indices, dim = input.reshape(-1), indices.reshape(-1), 0
    if indices.dtype is not int64:
        raise RuntimeError(
            "torch.take_along_dim(): dtype of indices should be Long but got " + indices.dtype.word
        )
    d = wrap(dim, input.ndim)
    shape = [-1 if k != d else indices._shape[d] for k in range(input.ndim)]
    wide = [input._shape[k] if n == -1 else n for k, n in enumerate(shape)]
    return input.gather(d, indices.expand(wide))


@untracked
def heaviside(input, values):
    if input.dtype is not values.dtype:
        raise RuntimeError("heaviside is not yet implemented for tensors with different dtypes.")
    return elementwise(lambda x, y: y if x == 0 else float(x > 0), input, values)


@untracked
def rad2deg(input):
    if input.dtype.category != FLOAT:
        refuse("rad2deg of whole numbers")
    return input * 57.295779513082320876798154814105170332405472466564


def positive(input):
    if input.dtype is bool_:
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


@untracked
def gcd(input, other):
    if input.dtype.category != WHOLE or other.dtype.category != WHOLE:
        refuse("gcd of fractions")
    return elementwise(math.gcd, input, other)


@untracked
def lcm(input, other):
    if input.dtype.category != WHOLE or other.dtype.category != WHOLE:
        refuse("lcm of fractions")
    return elementwise(math.lcm, input, other)


def msort(input):
    return input.sort(dim=0)[0]


@untracked
def clamped_between(input, low, high):
    """clamp with tensors as limits."""
    out = input
    if low is not None:
        out = maximum(out, low if isinstance(low, Tensor) else refuse("clamp by both kinds"))
    if high is not None:
        out = minimum(out, high if isinstance(high, Tensor) else refuse("clamp by both kinds"))
    return out


for _function in (
    isin,
    argwhere,
    is_nonzero,
    fliplr,
    flipud,
    hsplit,
    vsplit,
    dsplit,
    kron,
    inner,
    diag_embed,
    take_along_dim,
    heaviside,
    rad2deg,
    positive,
    gcd,
    lcm,
    msort,
):
    if _function not in (isin,):
        method(_function, _function.__name__)
