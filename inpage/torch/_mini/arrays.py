"""NumPy arrays, as `numpy()` returns them: as much of a NumPy array as reading one takes. The rest is refused."""

import math

from torch._mini.dtypes import FLOAT, bool_, float32, single
from torch._mini.refusal import refuse
from torch._mini.storage import Version, pack
from torch._mini.tensor import make, values

_KINDS = {
    "bool": "b",
    "uint8": "u",
    "int8": "i",
    "int16": "i",
    "int32": "i",
    "int64": "i",
    "float32": "f",
    "float64": "f",
}


class ArrayType:
    """A dtype of NumPy."""

    def __init__(self, kind):
        self._of = kind
        self.name, self.kind, self.itemsize = kind.name, _KINDS[kind.name], kind.itemsize

    def __eq__(self, other):
        return str(other) == self.name or getattr(other, "_of", None) is self._of

    def __hash__(self):
        return hash(self.name)

    def __str__(self):
        return self.name

    def __repr__(self):
        return f"dtype('{self.name}')"


class Array:
    """An array on a tensor's memory: reading it leaves no trace on the tensor."""

    __slots__ = ("_tensor",)  # a recording finds no tensor in it

    def __init__(self, tensor):
        view = tensor._alias()
        view._counter = Version()
        view._detached = True
        self._tensor = view

    shape = property(lambda self: tuple(self._tensor._shape))
    ndim = property(lambda self: self._tensor.ndim)
    size = property(lambda self: self._tensor.numel())
    nbytes = property(lambda self: self._tensor.nbytes)
    dtype = property(lambda self: ArrayType(self._tensor.dtype))
    T = property(lambda self: Array(self._tensor.permute(*reversed(range(self.ndim)))))

    def any(self):
        return any(values(self._tensor))

    def tobytes(self):
        return pack(values(self._tensor), self._tensor.dtype).tobytes()

    def item(self):
        return self._tensor.item()

    def tolist(self):
        return self._tensor.tolist()

    def reshape(self, *shape):
        return Array(self._tensor.reshape(*shape))

    def ravel(self):
        return self.reshape(-1)

    flatten = ravel

    def copy(self):
        return Array(self._tensor._copy())

    def astype(self, kind):
        import torch

        kind = getattr(torch, str(kind), None)
        return Array(self._tensor.to(kind) if kind is not None else refuse("astype"))

    def __pow__(self, exponent):
        """The squares that a norm is made of."""
        if self._tensor.dtype.name != "float64" or exponent != 2:
            refuse("arithmetic of NumPy arrays")
        return Array(make([x * x for x in values(self._tensor)], self.shape, self._tensor.dtype))

    def sum(self):
        if self._tensor.dtype.name != "float64":
            refuse("the sum of a NumPy array")
        return math.fsum(values(self._tensor))

    def __len__(self):
        return len(self._tensor)

    def __getitem__(self, key):
        keys = key if isinstance(key, tuple) else (key,)
        if not all(isinstance(k, (int, slice)) for k in keys):
            refuse("this kind of index of a NumPy array")
        part = Array(self._tensor[key])
        if part.ndim == 0:
            refuse("a NumPy number")
        return part

    def __iter__(self):
        return (Array(self._tensor[i]) for i in range(len(self)))

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        refuse(f"NumPy's ndarray.{name}")

    def __str__(self):
        return _written(self)

    def __repr__(self):
        if self._tensor.dtype is bool_ or self.size == 0:
            refuse("this form of a NumPy array")
        ending = "" if self._tensor.dtype.name in ("float64", "int64") else f", dtype={self.dtype}"
        text = _written(self, ", ").replace("\n", "\n      ")
        return f"array({text}{ending})"


def _arithmetic(name):
    def method(self, *others):
        refuse("arithmetic of NumPy arrays")

    setattr(Array, name, method)


for (
    _name
) in "add radd sub rsub mul rmul truediv rtruediv matmul rmatmul neg eq lt gt le ge".split():
    _arithmetic(f"__{_name}__")
Array.__hash__ = None
Array.__name__ = Array.__qualname__ = "ndarray"
Array.__module__ = "numpy"


def _digits(x, kind):
    """The shortest digits that give the number again in its dtype, at most 8 after the point."""
    for precision in range(1, 18):
        text = f"{x:.{precision}g}"
        again = single(float(text)) if kind is float32 else float(text)
        if again == x:
            break
    value = float(text)
    plain = f"{value:.20f}".rstrip("0")
    whole, _, fraction = plain.partition(".")
    shortest = len(f"{value!r}".partition(".")[2]) if "e" not in repr(value) else len(fraction)
    fraction = f"{value:.{min(shortest, 8)}f}".partition(".")[2].rstrip("0")
    return f"{value:.0f}" if not fraction and abs(value) >= 1e16 else f"{whole}", fraction


def _written(array, separator=" ") -> str:
    kind = array._tensor.dtype
    numbers = values(array._tensor)
    if array.size > 1000 or array.ndim > 2 or kind is bool_:
        refuse("this form of a NumPy array")
    if kind.category != FLOAT:
        width = max((len(str(x)) for x in numbers), default=0)
        forms = [str(x).rjust(width) for x in numbers]
    else:
        forms = _floats(numbers, kind)
    if array.ndim == 0:
        return (
            forms[0].strip()
            if kind.category != FLOAT
            else forms[0].strip().rstrip(".") + (".0" if forms[0].strip().endswith(".") else "")
        )
    if array.ndim == 1:
        return _row(forms, separator, 1)
    columns = array.shape[1]
    rows = [_row(forms[i : i + columns], separator, 2) for i in range(0, len(forms), columns or 1)]
    return "[" + (separator.rstrip() + "\n ").join(rows) + "]"


def _row(forms, separator, indent):
    line, lines = "", []
    for i, form in enumerate(forms):
        item = form + (separator.rstrip() if i < len(forms) - 1 else "")
        if line and indent + len(line) + 1 + len(item) > 75:
            lines.append(line)
            line = item
        else:
            line = f"{line} {item}" if line else item
    return "[" + ("\n" + " " * indent).join([*lines, line]) + "]"


def _floats(numbers, kind):
    finite = [x for x in numbers if math.isfinite(x)]
    big = [abs(x) for x in finite if x != 0]
    if len(finite) < len(numbers):
        refuse("a NumPy array of inf or nan")
    if big and (max(big) >= 1e8 or min(big) < 1e-4 or max(big) / min(big) > 1000.0):
        refuse("a NumPy array in scientific notation")
    parts = [_digits(x, kind) for x in numbers]
    signs = ["-" if math.copysign(1, x) < 0 else "" for x in numbers]
    whole = [sign + w.lstrip("-") for sign, (w, _) in zip(signs, parts, strict=True)]
    left = max(map(len, whole), default=0)
    right = max((len(f) for _, f in parts), default=0)
    return [w.rjust(left) + "." + f.ljust(right) for w, (_, f) in zip(whole, parts, strict=True)]


def from_numpy(array):
    """A tensor on an array's memory."""
    if not isinstance(array, Array):
        raise TypeError(f"expected np.ndarray (got {type(array).__name__})")
    return array._tensor._alias()
