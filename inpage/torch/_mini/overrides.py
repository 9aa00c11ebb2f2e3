"""TorchFunctionMode, and how a function becomes one of torch's: named, strict, seen by modes."""

import functools
import inspect

from torch._mini.refusal import refuse, strict

_modes: list = []


class TorchFunctionMode:
    """A context that sees every call of a function or method of torch."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        raise NotImplementedError

    def __enter__(self):
        _modes.append(self)
        return self

    def __exit__(self, *exception):
        _modes.pop()


def seen(function, name: str | None = None):
    """Let the innermost mode answer a call; inside the mode the next outer one is in force."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        if not _modes:
            return function(*args, **kwargs)
        mode = _modes.pop()
        try:
            return mode.__torch_function__(call, (), args, kwargs)
        finally:
            _modes.append(mode)

    if name is not None:
        call.__name__ = name
    return call


def _into(function, name):
    """Let a function write what it makes into `out`."""

    @functools.wraps(function)
    def written(*args, out=None, **kwargs):
        if out is None:
            return function(*args, **kwargs)
        from torch._mini.nodes import tracking
        from torch._mini.tensor import Tensor, store, values

        if not isinstance(out, Tensor) or tracking(out, *args, *kwargs.values()):
            refuse(f"{name} with this out")
        made = function(*args, **kwargs)
        shared = any(isinstance(t, Tensor) and t._storage is out._storage for t in args)
        if not isinstance(made, Tensor) or shared:
            refuse(f"{name} with this out")
        if made._shape != out._shape or made.dtype is not out.dtype:
            refuse(f"{name} with an out of another shape or dtype")
        store(out, values(made))
        out._counter.changes += 1
        return out

    return written


def publish(namespace: dict, module: str, functions) -> None:
    """Put functions into a module of torch under their names."""
    for function in functions:
        name = function.__name__
        published = seen(_into(strict(function, f"{module}.{name}"), name), name)
        published.__module__, published.__qualname__ = module, name
        namespace[name] = published


# What PyTorch calls its operators when a mode sees them.
_OPERATORS = {
    "__add__": "add",
    "__radd__": "add",
    "__iadd__": "add_",
    "__sub__": "sub",
    "__isub__": "sub_",
    "__mul__": "mul",
    "__rmul__": "mul",
    "__imul__": "mul_",
    "__truediv__": "div",
    "__rtruediv__": "__rdiv__",
    "__itruediv__": "div_",
    "__pow__": "pow",
    "__ipow__": "pow_",
    "__mod__": "remainder",
    "__matmul__": "matmul",
    "__neg__": "neg",
    "__abs__": "abs",
    "__ne__": "ne",
    "__lt__": "lt",
    "__le__": "le",
    "__gt__": "gt",
    "__ge__": "ge",
}
_SPECIAL = {
    *_OPERATORS,
    "__eq__",
    *"__rsub__ __floordiv__ __rpow__ __and__ __or__ __xor__ __invert__ __getitem__ __setitem__".split(),
    *"__float__ __int__ __bool__ __index__ __len__ __repr__ __format__ __contains__".split(),
}


# Methods that PyTorch writes in Python show themselves with their tensor.
_IN_PYTHON = frozenset(
    "backward norm register_hook register_post_accumulate_grad_hook split storage unflatten unique "
    "unique_consecutive".split()
)


class _Method:
    """A method that shows itself as PyTorch's do: `print(loss.item)` is a common slip."""

    __slots__ = ("function",)

    def __init__(self, function):
        self.function = function

    def __get__(self, tensor, owner=None):
        return self.function if tensor is None else _Bound(self.function, tensor)


class _Bound:
    """A method of one tensor."""

    __slots__ = ("__self__", "function")

    def __init__(self, function, tensor):
        self.function, self.__self__ = function, tensor

    def __call__(self, *args, **kwargs):
        return self.function(self.__self__, *args, **kwargs)

    def __getattr__(self, name):
        return getattr(self.function, name)

    def __repr__(self):
        name, kind = self.function.__name__, type(self.__self__).__name__
        if name in _IN_PYTHON:
            return f"<bound method Tensor.{name} of {self.__self__!r}>"
        return f"<built-in method {name} of {kind} object at {hex(id(self.__self__))}>"


def publish_methods(cls) -> None:
    """Make the methods of tensors strict, and seen by modes (attributes are not)."""
    for name, attribute in list(vars(cls).items()):
        if not inspect.isfunction(attribute) or name == "sum_to":
            continue
        if name in _SPECIAL:
            checked = strict(attribute, f"Tensor.{name}")
            setattr(cls, name, seen(checked, _OPERATORS.get(name, name)))
        elif not name.startswith("_"):
            setattr(cls, name, _Method(seen(strict(attribute, f"Tensor.{name}"), name)))


def has_torch_function(relevant) -> bool:
    """Whether a mode is in force."""
    return bool(_modes)


def resolve_name(function):
    refuse("torch.overrides.resolve_name")
