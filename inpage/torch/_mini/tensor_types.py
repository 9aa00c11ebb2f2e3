"""torch.FloatTensor and its kin: makers of tensors of one dtype, and types to ask for."""

from torch._mini import dtypes
from torch._mini.creation import empty, tensor
from torch._mini.refusal import refuse
from torch._mini.shapes import Size
from torch._mini.tensor import Tensor


class _TensorType(type):
    """The type of those types."""

    def __instancecheck__(cls, thing):
        return isinstance(thing, Tensor) and thing.dtype is cls.dtype

    def __call__(cls, *data):
        if not data:
            return tensor([], dtype=cls.dtype)
        first = data[0]
        if len(data) == 1 and isinstance(first, (list, tuple)) and not isinstance(first, Size):
            if cls.dtype.category != dtypes.FLOAT and _has_fractions(first):
                refuse(f"torch.{cls.__name__} of fractions")
            return tensor(first, dtype=cls.dtype)
        if len(data) == 1 and isinstance(first, Tensor) and first.dtype is cls.dtype:
            return first._alias()
        if not all(type(n) is int for n in data):
            refuse(f"torch.{cls.__name__} of this")
        return empty(*data, dtype=cls.dtype)

    def __repr__(cls):
        return f"<class 'torch.{cls.__name__}'>"

    def __str__(cls):
        return repr(cls)


def _has_fractions(part) -> bool:
    if isinstance(part, (list, tuple)):
        return any(map(_has_fractions, part))
    return isinstance(part, float)


BY_NAME = {
    f"{kind.word}Tensor": _TensorType(
        f"{kind.word}Tensor", (), {"dtype": kind, "__module__": "torch"}
    )
    for kind in (
        dtypes.float32,
        dtypes.float64,
        dtypes.int64,
        dtypes.int32,
        dtypes.int16,
        dtypes.int8,
        dtypes.uint8,
        dtypes.bool_,
    )
}


def meant(kind):
    """The dtype that `torch.LongTensor` or its name means; what else is given comes back."""
    if isinstance(kind, _TensorType):
        return kind.dtype
    if isinstance(kind, str):
        found = BY_NAME.get(kind.removeprefix("torch."))
        if found is None or not kind.startswith("torch."):
            raise ValueError(f"invalid type: '{kind}'")
        return found.dtype
    return kind
