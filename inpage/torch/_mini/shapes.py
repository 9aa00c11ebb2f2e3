"""Shapes, strides, places in memory, and broadcasting."""

import math

from torch._mini.refusal import refuse


class Size(tuple):
    """A shape, as PyTorch shows it."""

    __slots__ = ()

    def __new__(cls, sizes=()):
        sizes = tuple(sizes)
        for i, n in enumerate(sizes):
            if not hasattr(n, "__index__"):
                raise TypeError(
                    f"torch.Size() takes an iterable of 'int' (item {i} is '{type(n).__name__}')"
                )
        return tuple.__new__(cls, sizes)

    def __repr__(self):
        return f"torch.Size([{', '.join(map(str, self))}])"

    def numel(self):
        """The number of elements."""
        return math.prod(self)

    def __getitem__(self, i):
        got = tuple.__getitem__(self, i)
        return Size(got) if isinstance(i, slice) else got

    def __add__(self, other):
        return Size(tuple.__add__(self, tuple(other)))

    def __mul__(self, times):
        return Size(tuple.__mul__(self, times))


# As PyTorch's own type shows itself: in messages by its name, printed by its module and name.
Size.__name__, Size.__qualname__, Size.__module__ = "torch.Size", "torch.Size", "builtins"


def words(shape) -> str:
    """A shape within PyTorch's messages."""
    return "[" + ", ".join(map(str, shape)) + "]"


def contiguous_strides(shape) -> tuple:
    """The strides of elements that lie one after the other."""
    strides, step = [], 1
    for n in reversed(shape):
        strides.append(step)
        step *= max(n, 1)
    return tuple(reversed(strides))


def is_contiguous(shape, strides) -> bool:
    """Whether elements of this shape lie one after the other."""
    step = 1
    for n, stride in zip(reversed(shape), reversed(strides), strict=True):
        if n != 1:
            if stride != step:
                return math.prod(shape) == 0
            step *= n
    return True


def places(shape, strides, offset) -> list[int]:
    """Where each element lies, in row-major order."""
    found = [offset]
    for n, stride in zip(shape, strides, strict=True):
        if n != 1:
            found = [start + i * stride for start in found for i in range(n)]
    return found


def broadcast(a, b) -> tuple:
    """The shape that two shapes have together."""
    if a == b:
        return tuple(a)
    n = max(len(a), len(b))
    wide_a = (1,) * (n - len(a)) + tuple(a)
    wide_b = (1,) * (n - len(b)) + tuple(b)
    for k in reversed(range(n)):  # PyTorch names the last dimension that does not fit
        x, y = wide_a[k], wide_b[k]
        if x != y and x != 1 and y != 1:
            raise RuntimeError(
                f"The size of tensor a ({x}) must match the size of tensor b ({y}) "
                f"at non-singleton dimension {k}"
            )
    return tuple(y if x == 1 else x for x, y in zip(wide_a, wide_b, strict=True))


def wrap(dim: int, ndim: int) -> int:
    """A dimension counted from the front."""
    if not isinstance(dim, int):
        refuse(f"a dimension of type {type(dim).__name__}")
    limit = max(ndim, 1)
    if not -limit <= dim < limit:
        raise IndexError(
            "Dimension out of range (expected to be in range of "
            f"[{-limit}, {limit - 1}], but got {dim})"
        )
    return dim % limit
