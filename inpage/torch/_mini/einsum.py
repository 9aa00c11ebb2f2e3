"""Products by letters, in PyTorch's steps (aten/src/ATen/native/Linear.cpp): permute, bmm, view."""

import math

from torch._mini.products import bmm
from torch._mini.refusal import refuse

DOTS = "αβγδ"


def einsum(equation, *operands):
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = tuple(operands[0])
    if not isinstance(equation, str) or len(operands) > 2:
        refuse("einsum of more than two tensors, or without an equation")
    if "." in equation:
        equation = _named_dots(equation, operands)
    terms, right = _parsed(equation, operands)
    if len({t.dtype for t in operands}) > 1:
        refuse("einsum of two dtypes")
    sizes: dict = {}
    for i, (term, t) in enumerate(zip(terms, operands, strict=True)):
        if len(term) != t.ndim:
            raise RuntimeError(
                "einsum(): the number of subscripts in the equation ("
                f"{len(term)}) does not match the number of dimensions ({t.ndim}) for operand "
                f"{i} and no ellipsis was given"
            )
        for c, n in zip(term, t._shape, strict=True):
            if sizes.setdefault(c, n) != n:
                if 1 in (n, sizes[c]) or c in DOTS:
                    refuse("einsum of sizes that do not fit")
                raise RuntimeError(
                    f"einsum(): subscript {c} has size {n} for operand {i} which "
                    f"does not broadcast with previously seen size {sizes[c]}"
                )
    order = right + "".join(sorted(c for c in sizes if c not in right))
    wide = [_spread_out(term, t, order) for term, t in zip(terms, operands, strict=True)]
    summed = list(range(len(right), len(order)))
    if len(wide) == 1:
        return wide[0].sum(summed) if summed else wide[0]
    a, b = wide
    both = []
    for d in summed:
        in_a, in_b = a._shape[d] != 1, b._shape[d] != 1
        if in_a and in_b:
            both.append(d)
        elif (order[d] in terms[0] and order[d] in terms[1]) or not (in_a or in_b):
            refuse("einsum over a dimension of size 1")
    alone = [[d for d in summed if t._shape[d] != 1 and d not in both] for t in wide]
    a, b = (t.sum(dims, keepdim=True) if dims else t for t, dims in zip(wide, alone, strict=True))
    out = _product(a, b, both)
    return out.view([sizes[c] for c in right]) if summed else out


def _named_dots(equation, operands) -> str:
    """The equation with letters of their own for the dimensions that `...` stands for."""
    left, arrow, right = equation.replace(" ", "").partition("->")
    terms = left.split(",")
    counts = {
        t.ndim - len(term.replace("...", ""))
        for term, t in zip(terms, operands, strict=False)
        if "..." in term
    }
    if len(counts) != 1 or not 0 <= min(counts) <= len(DOTS) or not arrow or "..." not in right:
        refuse("einsum with these dots")
    return equation.replace(" ", "").replace("...", DOTS[: counts.pop()])


def _parsed(equation, operands):
    """The letters of each operand, and of the result."""
    left, arrow, right = equation.replace(" ", "").partition("->")
    terms = left.split(",")
    letters = "".join(terms)
    if not all(c.isalpha() and (c.isascii() or c in DOTS) for c in letters + right):
        refuse("einsum of this equation")
    if len(terms) != len(operands):
        more = "more" if len(terms) < len(operands) else "fewer"
        raise RuntimeError(
            f"einsum(): {more} operands were provided than specified in the equation"
        )
    if any(len(set(t)) < len(t) for t in terms) or len(set(right)) < len(right):
        refuse("einsum of a diagonal")
    for c in right:
        if c not in letters:
            raise RuntimeError(
                f"einsum(): output subscript {c} does not appear in the equation for any input "
                "operand"
            )
    if not arrow:
        right = "".join(sorted(c for c in set(letters) if letters.count(c) == 1))
    if any("A" <= c <= "Z" for c in letters):
        refuse("einsum with capital letters")
    return terms, right


def _spread_out(term, t, order):
    """A tensor with one dimension for each letter of `order`."""
    places, count = [term.find(c) for c in order], t.ndim
    for d, place in enumerate(places):
        if place == -1:
            t = t.unsqueeze(count)
            places[d], count = count, count + 1
    return t.permute(places)


def _product(a, b, summed):
    """Two tensors multiplied, and summed over dimensions that stay with size 1."""
    if not summed:
        return a * b
    dims = range(a.ndim)
    both = [d for d in dims if d not in summed and a._shape[d] != 1 and b._shape[d] != 1]
    first = [d for d in dims if d not in summed and a._shape[d] != 1 and b._shape[d] == 1]
    second = [d for d in dims if d not in summed and d not in both + first]
    n, rows, columns, inner = (
        math.prod(t._shape[d] for d in some)
        for t, some in ((a, both), (a, first), (b, second), (a, summed))
    )
    size = [a._shape[d] for d in both + first] + [1] * len(summed) + [b._shape[d] for d in second]
    left = a.permute(both + first + summed + second).reshape(n, rows, inner)
    right = b.permute(both + summed + second + first).reshape(n, inner, columns)
    order = both + first + summed + second
    back = [order.index(d) for d in dims]
    return bmm(left, right).view(size).permute(back)
