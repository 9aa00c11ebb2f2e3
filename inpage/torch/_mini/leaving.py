"""Out of the world of tensors: numbers, lists, NumPy, text; and the questions Python asks."""

import math

from torch._mini.dtypes import FLOAT, bool_
from torch._mini.tensor import Tensor, values
from torch._mini.warn import warn

TO_SCALAR = (
    "Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.\n"
    "Consider using tensor.detach() first. (Triggered internally at /__w/pytorch/pytorch/torch/csrc/"
    "autograd/generated/python_variable_methods.cpp:822.)"
)


def item(self):
    if self.numel() != 1:
        raise RuntimeError(f"a Tensor with {self.numel()} elements cannot be converted to Scalar")
    number = self._storage.numbers[self._offset]
    return bool(number) if self.dtype is bool_ else number


def _scalar(self):
    if self.numel() != 1:
        raise ValueError("only one element tensors can be converted to Python scalars")
    if self._requires:
        warn(TO_SCALAR, once="scalar")
    return self.item()


def __float__(self):
    return float(self._scalar())


def __int__(self):
    return int(self._scalar())


def __complex__(self):
    return complex(self._scalar())


def __index__(self):
    if self.numel() != 1 or self.dtype.category == FLOAT:
        raise TypeError("only integer tensors of a single element can be converted to an index")
    return int(self.item())


def __bool__(self):
    if self.numel() != 1:
        how_many = "more than one value" if self.numel() else "no values"
        raise RuntimeError(f"Boolean value of Tensor with {how_many} is ambiguous")
    return bool(self.item())


def tolist(self):
    flat = values(self)
    if self.dtype is bool_:
        flat = [bool(v) for v in flat]

    def nested(shape, start):
        if not shape:
            return flat[start]
        step = math.prod(shape[1:])
        return [nested(shape[1:], start + i * step) for i in range(shape[0])]

    return nested(self._shape, 0)


def numpy(self, *, force=False):
    if self._requires and not force:
        raise RuntimeError(
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
        )
    from torch._mini.arrays import Array

    return Array(self)


def resolve_conj(self):
    return self


def cpu(self):
    return self


def __len__(self):
    if not self._shape:
        raise TypeError("len() of a 0-d tensor")
    return self._shape[0]


def __iter__(self):
    if not self._shape:
        raise TypeError("iteration over a 0-d tensor")
    return iter(self.unbind(0))


def __contains__(self, element):
    if isinstance(element, (Tensor, int, float)):
        return bool((self == element).any())
    raise RuntimeError(
        f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a {type(element)}."
    )


def __repr__(self, *, tensor_contents=None):
    from torch._mini.printing import text

    return text(self)


def __format__(self, spec):
    if self.dim() == 0:
        try:
            return self.item().__format__(spec)
        except ValueError as error:
            raise ValueError(str(error)) from None
    if spec:
        raise TypeError("unsupported format string passed to Tensor.__format__")
    return str(self)


for _function in (
    item,
    _scalar,
    __float__,
    __int__,
    __complex__,
    __index__,
    __bool__,
    tolist,
    numpy,
    resolve_conj,
    cpu,
    __len__,
    __iter__,
    __contains__,
    __repr__,
    __format__,
):
    setattr(Tensor, _function.__name__, _function)
Tensor.resolve_neg, Tensor.__str__ = resolve_conj, __repr__
