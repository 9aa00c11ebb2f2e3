"""Sums in the order in which PyTorch's CPU code takes them.

PyTorch (aten/src/ATen/native/cpu/SumKernel.cpp) adds in cascades: in levels, so that rounding
errors grow slowly, and in vectors, 8 numbers of float32 or 4 of float64 at a time.
"""

import math
from array import array
from fractions import Fraction
from operator import add

VECTOR = {"f": 8, "d": 4}  # numbers in a vector of AVX2, for which PyTorch compiles this kernel


def total(numbers: list, kind, in_order: bool):
    """The sum of numbers of one dtype; `in_order`: whether they lie one after the other."""
    code = kind.code
    if code not in VECTOR:
        return sum(numbers)
    width = VECTOR[code]
    if not in_order or len(numbers) < width:
        return _rows([[x] for x in numbers], code, 1)[0]
    whole = len(numbers) // width * width
    vectors = [numbers[i : i + width] for i in range(0, whole, width)]
    partial = _rows(vectors, code, width)
    result = array(code, [0.0])
    for x in (*numbers[whole:], *partial):
        result[0] += x
    return result[0]


def _rows(items: list, code, width):
    """Sum lists of `width` numbers, four lists at a time."""
    fours = len(items) // 4
    rows = [[x for item in items[4 * i : 4 * i + 4] for x in item] for i in range(fours)]
    partial = _cascade(rows, code, 4 * width)
    first, *others = (partial[k * width : (k + 1) * width] for k in range(4))
    for item in (*items[4 * fours :], *others):
        first = array(code, map(add, first, item))
    return first


def _cascade(rows: list, code, width):
    """Sum rows of numbers in four levels: a level is handed up when it is full."""
    n = len(rows)
    power = max(4, (math.ceil(math.log2(n)) if n > 1 else 0) // 4)
    step = 1 << power
    zeros = array(code, [0.0] * width)
    levels = [zeros[:] for _ in range(4)]
    i = 0
    while i + step <= n:
        for _ in range(step):
            levels[0] = array(code, map(add, levels[0], rows[i]))
            i += 1
        for j in range(1, 4):
            levels[j] = array(code, map(add, levels[j], levels[j - 1]))
            levels[j - 1] = zeros[:]
            if i & ((step - 1) << (j * power)):
                break
    for row in rows[i:]:
        levels[0] = array(code, map(add, levels[0], row))
    result = levels[0]
    for level in levels[1:]:
        result = array(code, map(add, result, level))
    return result


def dot(a: list, b: list, kind):
    """A dot product as a chain of fused multiply-adds, as one lane of the processor takes it."""
    if kind.code == "f":
        result = array("f", [0.0])
        for x, y in zip(a, b, strict=True):
            result[0] += x * y
        return result[0]
    if kind.code == "d":
        try:
            return _chain(_fused, a, b)
        except (OverflowError, ValueError):  # Python's word for infinity, and for nan
            return _chain(_fused_or_infinite, a, b)
    return sum(x * y for x, y in zip(a, b, strict=True))


def _chain(fused, a, b):
    result = 0.0
    for x, y in zip(a, b, strict=True):
        result = fused(x, y, result)
    return result


def _fused_or_infinite(x, y, z):
    try:
        return _fused(x, y, z)
    except (OverflowError, ValueError):
        return x * y + z


def _fused_exactly(x, y, z):
    if not (math.isfinite(x) and math.isfinite(y) and math.isfinite(z)):
        return x * y + z
    return float(Fraction(x) * Fraction(y) + Fraction(z))


_fused = getattr(math, "fma", _fused_exactly)  # Python 3.13 has it
