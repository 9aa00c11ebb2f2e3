"""Memory: an array of numbers that several tensors may share, and the count of its changes."""

import itertools
from array import array

from torch._mini import modes
from torch._mini.dtypes import WHOLE, bool_, dtype
from torch._mini.refusal import refuse

_addresses = itertools.count(0x5000_0000, 64)


class Storage:
    """The memory behind tensors."""

    __slots__ = ("__weakref__", "address", "dtype", "numbers")

    def __init__(self, numbers: array, kind: dtype):
        self.numbers, self.dtype, self.address = numbers, kind, next(_addresses)

    @property
    def _cdata(self):
        return self.address

    def data_ptr(self):
        """A number that tells memories apart."""
        return self.address

    def nbytes(self):
        """Size in bytes."""
        return len(self.numbers) * self.dtype.itemsize

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        refuse(f"Storage.{name}")


class Version:
    """How often memory was changed in place. Tensors that share memory share it, but for `.data`."""

    __slots__ = ("changes", "inference")

    def __init__(self, changes: int = 0):
        self.changes, self.inference = changes, modes.inference[0]


def _wrapped(number: int, kind: dtype) -> int:
    """A whole number beyond its dtype, as C keeps its last bits."""
    bits = 8 * kind.itemsize
    number %= 2**bits
    return number - 2**bits if kind.is_signed and number >= 2 ** (bits - 1) else number


def pack(values, kind: dtype) -> array:
    """Put Python numbers into an array of this dtype."""
    if kind.code is None:
        refuse(repr(kind))
    values = list(values)  # read twice where a float goes into whole numbers
    if kind is bool_:
        return array("B", [1 if v else 0 for v in values])
    try:
        return array(kind.code, values)
    except OverflowError:
        return array(kind.code, [_wrapped(v, kind) for v in values])
    except TypeError:
        if kind.category == WHOLE:
            return array(kind.code, [int(v) for v in values])
        raise
