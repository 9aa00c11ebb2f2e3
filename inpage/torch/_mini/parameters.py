"""Parameter: a leaf that a module finds among its attributes."""

from torch._mini.dtypes import FLOAT
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor


class Parameter(Tensor):
    """A leaf that a module finds among its attributes."""

    _known_subclass = True

    def __new__(cls, data=None, requires_grad=True):
        from torch._mini.creation import NO_GRADIENTS, empty

        if data is None:
            data = empty(0)
        if not isinstance(data, Tensor):
            refuse(f"a Parameter of {type(data).__name__}")
        if requires_grad and data.dtype.category != FLOAT:
            raise RuntimeError(NO_GRADIENTS)
        parameter = data.detach()
        parameter._detached = False
        parameter.__class__ = cls
        parameter._requires = requires_grad
        return parameter

    def __init__(self, *args, **kwargs):
        pass

    def __repr__(self):
        return "Parameter containing:\n" + Tensor.__repr__(self)

    __str__ = __repr__


def _typename(value) -> str:
    """As torch.typename."""
    if isinstance(value, Tensor):
        return value.type()
    kind = value if isinstance(value, type) or hasattr(value, "__code__") else type(value)
    if hasattr(kind, "__qualname__") and kind is value:
        return f"{kind.__module__}.{kind.__qualname__}"
    if kind.__module__ in ("builtins", "__main__") or kind.__module__ is None:
        return (
            kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
        )
    return f"{kind.__module__}.{kind.__name__}"
