"""Making tensors: from numbers, filled, counted, drawn at random."""

import math

from torch._mini.devices import on_cpu
from torch._mini.dtypes import (
    FLOAT,
    WHOLE,
    as_dtype,
    default,
    dtype,
    element,
    float32,
    int64,
    limits_of,
    of_number,
    single,
)
from torch._mini.layouts import make_like
from torch._mini.refusal import refuse
from torch._mini.shapes import Size, words
from torch._mini.storage import Storage
from torch._mini.tensor import Tensor, make, method
from torch._mini.warn import warn

NO_GRADIENTS = "Only Tensors of floating point and complex dtype can require gradients"
COPY_CONSTRUCT = (
    "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or "
    "sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor)."
)


def _size(name, size) -> tuple:
    """The shape that the arguments mean: f(2, 3), f((2, 3)), f([2, 3])."""
    if len(size) == 1 and isinstance(size[0], (tuple, list)):
        size = tuple(size[0])
    shape = []
    for place, n in enumerate(size):
        if isinstance(n, Tensor) and n.ndim and len(size) == 1:
            raise TypeError(
                f"{name}(): argument 'size' (position 1) must be tuple of ints, not Tensor"
            )
        if isinstance(n, bool) or not hasattr(n, "__index__"):
            if isinstance(n, (tuple, list)):
                refuse(f"{name} with these arguments")
            if len(size) > 1 and place:
                raise TypeError(
                    f"{name}(): argument 'size' failed to unpack the object at pos {place + 1} "
                    f'with error "type must be tuple of ints,but got {type(n).__name__}"'
                )
            if len(size) > 1:
                refuse(f"{name} with these arguments")
            raise TypeError(
                f"{name}(): argument 'size' (position 1) must be tuple of ints, not "
                f"{type(n).__name__}"
            )
        n = n.__index__()
        if n < 0 and name == "zeros":
            raise RuntimeError("zeros: Dimension size must be non-negative.")
        if n < 0:
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {n}: {words(size)}"
            )
        shape.append(n)
    return tuple(shape)


def _finished(t, requires_grad, device=None):
    on_cpu(device)
    if requires_grad:
        if t.dtype.category != FLOAT:
            raise RuntimeError(NO_GRADIENTS)
        t._requires = True
    return t


def _kind(dtype) -> "dtype":
    kind = as_dtype(dtype) or default[0]
    if kind.code is None:
        refuse(repr(kind))
    return kind


def _filled(name, number):
    def function(*size, dtype=None, requires_grad=False, device=None, **other):
        if "size" in other and not size:
            size = (other.pop("size"),)
        if not size:
            raise TypeError(f'{name}() missing 1 required positional arguments: "size"')
        if other:
            refuse(f"{name}({next(iter(other))}=...)")
        shape, kind = _size(name, size), _kind(dtype)
        out = make([element(number, kind)] * math.prod(shape), shape, kind)
        return _finished(out, requires_grad, device)

    function.__name__ = name
    return function


zeros, ones = _filled("zeros", 0), _filled("ones", 1)
empty = _filled("empty", 0)  # PyTorch leaves what lay in memory: anything is right


def full(size, fill_value, *, dtype=None, requires_grad=False, device=None):
    if not isinstance(size, (tuple, list)):
        raise TypeError(
            f"full(): argument 'size' (position 1) must be tuple of ints, not {type(size).__name__}"
        )
    shape = _size("full", (size,))
    if isinstance(fill_value, Tensor):
        fill_value = fill_value.item()
    kind = _kind(dtype) if dtype else of_number(fill_value)
    out = make([element(fill_value, kind)] * math.prod(shape), shape, kind)
    return _finished(out, requires_grad, device)


def _like(name, number):
    def function(
        input, *, dtype=None, requires_grad=False, device=None, layout=None, memory_format=None
    ):
        if layout is not None or memory_format is not None:
            refuse(f"{name} with a layout")
        kind = as_dtype(dtype) or input.dtype
        out = make_like([element(number, kind)] * input.numel(), input._shape, kind, input)
        return _finished(out, requires_grad, device)

    function.__name__ = name
    return function


zeros_like, ones_like = _like("zeros_like", 0), _like("ones_like", 1)
empty_like = _like("empty_like", 0)


def full_like(input, fill_value, *, dtype=None, requires_grad=False, device=None):
    if not input.is_contiguous():
        return zeros_like(input, dtype=dtype, device=device).fill_(fill_value)
    return full(
        input._shape,
        fill_value,
        dtype=dtype or input.dtype,
        requires_grad=requires_grad,
        device=device,
    )


# From numbers -------------------------------------------------------------------------------------


def _walked(data):
    """Shape and numbers of nested sequences, as torch.tensor reads them."""
    shape, part = [], data
    while isinstance(part, (list, tuple, range)):
        shape.append(len(part))
        if not len(part):
            break
        part = part[0]
        if isinstance(part, str):
            raise ValueError("too many dimensions 'str'")
    flat = []

    def walk(part, depth):
        if isinstance(part, Tensor):  # within a list it counts as one number
            part = part._scalar()
        if depth == len(shape):
            if isinstance(part, (list, tuple)):
                refuse("a tensor from numbers beside lists")
            flat.append(part)
            return
        if not isinstance(part, (list, tuple, range)):
            raise TypeError("not a sequence")
        if len(part) != shape[depth]:
            raise ValueError(
                f"expected sequence of length {shape[depth]} at dim {depth} (got {len(part)})"
            )
        for item in part:
            walk(item, depth + 1)

    walk(data, 0)
    return tuple(shape), flat


def _inferred_kind(data):
    kinds = set()

    def look(part):
        if isinstance(part, Tensor):
            kinds.add(part.dtype)
        elif isinstance(part, (list, tuple, range)):
            for item in part:
                look(item)
        elif isinstance(part, (bool, int, float)):
            kinds.add(of_number(part))
        elif hasattr(part, "__index__") or hasattr(part, "__float__") or isinstance(part, complex):
            refuse(f"a tensor from {type(part).__name__}")
        elif part is None:
            raise RuntimeError("Could not infer dtype of NoneType")
        elif isinstance(part, str):
            raise TypeError("new(): invalid data type 'str'")
        else:
            raise RuntimeError(f"Could not infer dtype of {type(part).__name__}")

    look(data)
    return max(kinds, key=lambda kind: kind.rank) if kinds else default[0]


def tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False):
    if pin_memory:
        refuse("pin_memory")
    if isinstance(data, Tensor):
        warn(COPY_CONSTRUCT)
        out = data.detach()._copy()
        return _finished(out.to(dtype) if dtype else out, requires_grad, device)
    if type(data).__name__ == "ndarray":
        out = from_numpy(data)._copy()
        return _finished(out.to(dtype) if dtype else out, requires_grad, device)
    if isinstance(data, str):
        raise TypeError("new(): invalid data type 'str'")
    if isinstance(data, (dict, set)) or hasattr(data, "__next__"):
        raise RuntimeError(f"Could not infer dtype of {type(data).__name__}")
    shape, flat = _walked(data)
    kind = _kind(dtype) if dtype else _inferred_kind(data)
    if kind is int64 and any(isinstance(x, int) and not -(2**63) <= x < 2**63 for x in flat):
        raise ValueError("Overflow when unpacking long long")
    for number in flat:
        if not isinstance(number, (bool, int, float)):
            _inferred_kind(number)
        elif kind.category == WHOLE and not limits_of(kind)[0] <= number < limits_of(kind)[1]:
            raise RuntimeError(
                f"value cannot be converted to type {kind.name} without overflow"
                if math.isfinite(number)
                else refuse("nan or inf as a whole number")
            )
    return _finished(make([element(x, kind) for x in flat], shape, kind), requires_grad, device)


def as_tensor(data, dtype=None, device=None):
    on_cpu(device)
    if isinstance(data, Tensor):
        return data if dtype is None else data.to(dtype)
    if type(data).__name__ == "ndarray":
        return from_numpy(data) if dtype is None else from_numpy(data).to(dtype)
    return tensor(data, dtype=dtype)


def scalar_tensor(value, *, dtype=None):
    return tensor(float(value), dtype=dtype)


def frombuffer(buffer, *, dtype, count=-1, offset=0, requires_grad=False):
    """A tensor on the memory of an array of Python's own."""
    kind = _kind(dtype)
    if count != -1 or offset or requires_grad or getattr(buffer, "typecode", "") != kind.code:
        refuse("frombuffer with these arguments")
    return Tensor._raw(Storage(buffer, kind), (len(buffer),), (1,), 0)


def from_numpy(array):
    from torch._mini import arrays

    return arrays.from_numpy(array)


def legacy(data) -> Tensor:
    """torch.Tensor(...): numbers in the default dtype, or a shape of what lies in memory."""
    if not data:
        return make([], (0,), default[0])
    if len(data) == 1 and isinstance(data[0], (list, tuple)) and not isinstance(data[0], Size):
        if any(isinstance(x, str) for x in data[0]):
            raise TypeError("must be real number, not str")
        return tensor(data[0], dtype=default[0])
    if len(data) == 1 and isinstance(data[0], Tensor):
        return data[0]._alias()
    shape = data[0] if isinstance(data[0], Size) else data
    if len(shape) == 1 and isinstance(shape[0], str):
        raise TypeError("new(): invalid data type 'str'")
    if len(shape) == 1 and not isinstance(shape[0], int):
        raise TypeError(f"new(): data must be a sequence (got {type(shape[0]).__name__})")
    if not all(type(n) is int for n in shape):
        refuse("torch.Tensor of this")
    return empty(*shape)


# Counted ------------------------------------------------------------------------------------------


def arange(*args, dtype=None, requires_grad=False, device=None, start=None, end=None, step=None):
    if start is not None or end is not None or step is not None:
        if args:
            args = (*args, *(x for x in (end, step) if x is not None))
        else:
            args = (0 if start is None else start, end, 1 if step is None else step)
    if not 1 <= len(args) <= 3:
        refuse("arange with these arguments")
    args = [a.item() if isinstance(a, Tensor) else a for a in args]
    first, last, by = (0, args[0], 1) if len(args) == 1 else (*args, 1)[:3]
    if by == 0:
        raise RuntimeError("step must be nonzero")
    if (last - first) * by < 0:
        raise RuntimeError("upper bound and lower bound inconsistent with step sign")
    some_float = any(isinstance(x, float) for x in (first, last, by))
    kind = dtype or (default[0] if some_float else int64)
    count = math.ceil((last - first) / by)
    numbers = [element(first + i * by, kind) for i in range(count)]
    return _finished(make(numbers, (count,), kind), requires_grad, device)


def linspace(start, end, steps, *, dtype=None, requires_grad=False, device=None):
    kind = dtype or default[0]
    if kind.category != FLOAT:
        refuse("linspace of whole numbers")
    rounded = single if kind is float32 else float
    first = rounded(float(start.item() if isinstance(start, Tensor) else start))
    last = rounded(float(end.item() if isinstance(end, Tensor) else end))
    if type(steps) is not int:
        refuse("linspace with so many steps")
    n = steps
    if n < 0:
        raise RuntimeError("number of steps must be non-negative")
    if n == 1:
        return _finished(make([first], (1,), kind), requires_grad, device)
    step = rounded(rounded(last - first) / (n - 1)) if n > 1 else 0.0
    numbers = [first + step * i if i < n // 2 else last - step * (n - i - 1) for i in range(n)]
    return _finished(make(numbers, (n,), kind), requires_grad, device)


def eye(n, m=None, *, dtype=None, requires_grad=False, device=None):
    m, kind = n if m is None else m, _kind(dtype)
    numbers = [element(int(i == j), kind) for i in range(n) for j in range(m)]
    return _finished(make(numbers, (n, m), kind), requires_grad, device)


# As methods: of the tensor's own dtype --------------------------------------------------------------


def _own_dtype(function):
    def of(self, *size, dtype=None, requires_grad=False, device=None):
        return function(
            *size, dtype=dtype or self.dtype, requires_grad=requires_grad, device=device
        )

    return of


method(_own_dtype(_filled("new_zeros", 0)), "new_zeros")
method(_own_dtype(ones), "new_ones")
method(_own_dtype(empty), "new_empty")
method(_own_dtype(full), "new_full")
method(_own_dtype(tensor), "new_tensor")
