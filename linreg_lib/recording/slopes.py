"""Incoming times local slope: the arithmetic of one node of backward, in plain numbers.

For the operations of this book. A node of another kind, or one whose arithmetic would be long, has
its numbers shown without it; and whatever is worked out here is held against what PyTorch handed
on, and left out if the two do not agree.
"""

import itertools
import math
import re
from dataclasses import dataclass, field

MAX_PRODUCTS = 16  # in the arithmetic of one share
ROUNDING = 1e-3  # what single precision may differ by, as a part of what was added

Products = list[list[float]]  # a sum of products


@dataclass
class Numbers:
    """A tensor's shape and, if there are few of them, its numbers row by row."""

    shape: list[int]
    flat: list[float] | None


@dataclass
class Passing:
    """What is known of a node as backward goes through it: its input `slot` is asked about."""

    slot: int
    incoming: Numbers
    saved: dict[str, Numbers]
    constants: dict
    out: Numbers = field(default_factory=lambda: Numbers([], None))


def operation(name: str, constants: dict) -> str:
    """Return the word for a node ("mm" for "MmBackward0"), "other" for one that has none."""
    if name == "AccumulateGrad":
        return "accumulate"
    base = re.sub(r"Backward\d*$", "", name)
    if base == "Pow" and constants.get("exponent") == 2:
        return "square"
    return _OPERATIONS.get(base, ("other", ()))[0]


def argument(name: str, slot: int) -> str | None:
    """Return what the operation calls its input of that number: "self", "mat2"."""
    names = _OPERATIONS.get(re.sub(r"Backward\d*$", "", name), ("other", ()))[1]
    return names[slot] if slot < len(names) else None


def work(op: str, argument: str | None, passing: Passing) -> tuple[list[Products] | None, bool]:
    """Return for each outgoing number the products whose sum it is, None if that is not known.

    The second value is False where PyTorch handed on something else: a hook has edited it.
    """
    rule = _RULES.get((op, argument))
    out = passing.out
    if rule is None or out.flat is None or passing.incoming.flat is None:
        return None, True
    try:
        found = rule(passing)
    except (IndexError, KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None, True
    sums = [[math.prod(product) for product in terms] for terms in found]
    if len(sums) != len(out.flat) or not agree(sums, out.flat, ROUNDING):
        return None, False
    return (found, True) if sum(map(len, found)) <= MAX_PRODUCTS else (None, True)


def agree(sums, numbers, slack: float) -> bool:
    """Tell whether each number is its sum, up to a part of the size of what was added."""
    for terms, number in zip(sums, numbers, strict=True):
        total, size = sum(terms), sum(map(abs, terms))
        same = total == number or (math.isnan(total) and math.isnan(number))
        if not same and not abs(total - number) <= slack * size:
            return False
    return True


# Rules -----------------------------------------------------------------------------------------


def _indices(shape):
    return itertools.product(*map(range, shape))


def _at(numbers: Numbers, index) -> float:
    """Return one number; where the shape is shorter or has 1, it stands for all (broadcasting)."""
    if numbers.flat is None:
        raise KeyError("too many numbers")
    position = 0
    for size, i in zip(numbers.shape, index[len(index) - len(numbers.shape) :], strict=True):
        position = position * size + (i if size != 1 else 0)
    return numbers.flat[position]


def _position(shape, index) -> int:
    """Return where a number of the result went to in an input of this shape."""
    position = 0
    for size, i in zip(shape, index[len(index) - len(shape) :], strict=True):
        position = position * size + (i if size != 1 else 0)
    return position


def _elementwise(*factors):
    """Make a rule: each incoming number times these factors; shares of a repeated input add up."""

    def rule(p: Passing):
        found: list[Products] = [[] for _ in p.out.flat]
        for index in _indices(p.incoming.shape):
            numbers = [factor(p, index) for factor in factors]
            product = [_at(p.incoming, index), *(n for n in numbers if n is not None)]
            found[_position(p.out.shape, index)].append(product)
        return found

    return rule


def _saved(name, function=lambda x: x):
    def factor(p, index):
        if name in p.constants and name not in p.saved:  # a number of Python's
            return function(p.constants[name])
        return function(_at(p.saved[name], index))

    return factor


def _constant(number):
    return lambda p, index: number


def _alpha(sign):
    def factor(p, index):
        alpha = sign * p.constants.get("alpha", 1)
        return None if alpha == 1 else alpha

    return factor


def _power(p, index):
    exponent = p.constants["exponent"]
    return _at(p.saved["self"], index) ** (exponent - 1)


def _reduced(count: bool):
    """Make the rule of a sum (or, with count, of a mean) over some dimensions or all."""

    def rule(p: Passing):
        shape = list(p.out.shape)
        dims = p.constants.get("dim")
        dims = range(len(shape)) if dims in (None, (), []) else dims
        dims = [dims] if isinstance(dims, int) else list(dims)
        dims = [d - 2**64 if d >= 2**63 else d for d in dims]  # stored without a sign
        dims = {d % len(shape) for d in dims} if shape else set()
        kept = Numbers([1 if d in dims else n for d, n in enumerate(shape)], p.incoming.flat)
        parts = math.prod(shape[d] for d in dims)
        factor = [1 / parts] if count else []
        return [[[_at(kept, index), *factor]] for index in _indices(shape)]

    return rule


def _squared_error(sign):
    def factor(p, index):
        difference = _at(p.saved["self"], index) - _at(p.saved["target"], index)
        return sign * difference

    def count(p, index):
        mean = p.constants.get("reduction", 1) == 1
        return 2 / math.prod(p.saved["self"].shape) if mean else 2.0

    def rule(p: Passing):
        shape = p.saved["self"].shape
        return [
            [[_at(p.incoming, index), count(p, index), factor(p, index)]]
            for index in _indices(shape)
        ]

    return rule


def _left(saved):
    """Make the rule of a matrix product's left factor: incoming @ right.T."""

    def rule(p: Passing):
        right = p.saved[saved]
        return [
            [[_at(right, (j, k)), _at(p.incoming, (i, k))] for k in range(p.incoming.shape[1])]
            for i, j in _indices(p.out.shape)
        ]

    return rule


def _right(saved):
    """Make the rule of a matrix product's right factor: left.T @ incoming."""

    def rule(p: Passing):
        left = p.saved[saved]
        return [
            [[_at(left, (k, i)), _at(p.incoming, (k, *j))] for k in range(p.incoming.shape[0])]
            for i, *j in _indices(p.out.shape)
        ]

    return rule


def _outer(p: Passing):
    """Return the work of a matrix that was multiplied with a vector."""
    return [[[_at(p.saved["vec"], (j,)), _at(p.incoming, (i,))]] for i, j in _indices(p.out.shape)]


def _dot(saved):
    """Make the rule of a dot product: the one number that comes in, times the other vector."""

    def rule(p: Passing):
        return [[[p.incoming.flat[0], _at(p.saved[saved], i)]] for i in _indices(p.out.shape)]

    return rule


def _sign(x):
    return float((x > 0) - (x < 0))


_same = _elementwise()
_RULES = {
    ("sum", "self"): _reduced(count=False),
    ("mean", "self"): _reduced(count=True),
    ("add", "self"): _same,
    ("add", "other"): _elementwise(_alpha(1)),
    ("sub", "self"): _same,
    ("sub", "other"): _elementwise(_alpha(-1)),
    ("rsub", "self"): _elementwise(_alpha(-1)),
    ("mul", "self"): _elementwise(_saved("other")),
    ("mul", "other"): _elementwise(_saved("self")),
    ("div", "self"): _elementwise(_saved("other", lambda x: 1 / x)),
    ("div", "other"): _elementwise(
        _saved("self", lambda x: -x), _saved("other", lambda x: 1 / x**2)
    ),
    ("neg", "self"): _elementwise(_constant(-1.0)),
    ("reciprocal", "self"): _elementwise(_saved("result", lambda x: -x * x)),
    ("square", "self"): _elementwise(_constant(2.0), _saved("self")),
    ("pow", "self"): _elementwise(lambda p, index: p.constants["exponent"], _power),
    ("exp", "self"): _elementwise(_saved("result")),
    ("log", "self"): _elementwise(_saved("self", lambda x: 1 / x)),
    ("sqrt", "self"): _elementwise(_saved("result", lambda x: 1 / (2 * x))),
    ("abs", "self"): _elementwise(_saved("self", _sign)),
    ("relu", "self"): _elementwise(_saved("result", lambda x: float(x > 0))),
    ("sigmoid", "self"): _elementwise(_saved("result"), _saved("result", lambda x: 1 - x)),
    ("tanh", "self"): _elementwise(_saved("result", lambda x: 1 - x * x)),
    ("expand", "self"): _same,
    ("mm", "self"): _left("mat2"),
    ("mm", "mat2"): _right("self"),
    ("mv", "self"): _outer,
    ("mv", "vec"): _right("self"),
    ("dot", "self"): _dot("tensor"),
    ("dot", "tensor"): _dot("self"),
    ("addmm", "self"): _same,
    ("addmm", "mat1"): _left("mat2"),
    ("addmm", "mat2"): _right("mat1"),
    ("mse_loss", "self"): _squared_error(1),
    ("mse_loss", "target"): _squared_error(-1),
}

# A node's name without "Backward0" -> the word, and the operation's names for its inputs.
_OPERATIONS = {
    "Sum": ("sum", ("self",)),
    "Mean": ("mean", ("self",)),
    "Add": ("add", ("self", "other")),
    "Sub": ("sub", ("self", "other")),
    "Rsub": ("rsub", ("self",)),
    "Mul": ("mul", ("self", "other")),
    "Div": ("div", ("self", "other")),
    "Neg": ("neg", ("self",)),
    "Reciprocal": ("reciprocal", ("self",)),
    "Pow": ("pow", ("self", "exponent")),
    "Exp": ("exp", ("self",)),
    "Log": ("log", ("self",)),
    "Sqrt": ("sqrt", ("self",)),
    "Abs": ("abs", ("self",)),
    "Relu": ("relu", ("self",)),
    "Sigmoid": ("sigmoid", ("self",)),
    "Tanh": ("tanh", ("self",)),
    "Mm": ("mm", ("self", "mat2")),
    "Mv": ("mv", ("self", "vec")),
    "Dot": ("dot", ("self", "tensor")),
    "Addmm": ("addmm", ("self", "mat1", "mat2")),
    "MseLoss": ("mse_loss", ("self", "target")),
    **dict.fromkeys(("T", "Transpose", "Permute"), ("transpose", ("self",))),
    **dict.fromkeys(
        ("View", "UnsafeView", "ReshapeAlias", "Unsqueeze", "Squeeze"), ("reshape", ("self",))
    ),
    **dict.fromkeys(("Clone", "Alias", "ToCopy"), ("copy", ("self",))),
    "Expand": ("expand", ("self",)),
    **dict.fromkeys(("Select", "Slice", "Index", "Unbind"), ("part", ("self",))),
    **dict.fromkeys(("Cat", "Stack"), ("join", ())),
}
