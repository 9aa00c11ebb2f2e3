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


def publish(namespace: dict, module: str, functions) -> None:
    """Put functions into a module of torch under their names."""
    for function in functions:
        name = function.__name__
        namespace[name] = seen(strict(function, f"{module}.{name}"), name)


def publish_methods(cls) -> None:
    """Make the methods of tensors strict, and seen by modes."""
    unseen = {
        "__new__", "__init__", "__getattr__", "__setattr__", "__repr__", "__str__", "__hash__",
        "__deepcopy__", "__copy__", "__reduce_ex__", "__iter__", "__len__", "__format__",
        "__contains__", "__dict__", "__doc__", "__module__", "__weakref__", "sum_to",
    }
    for name, attribute in list(vars(cls).items()):
        if name in unseen or (name.startswith("_") and not name.startswith("__")):
            continue
        if inspect.isfunction(attribute):
            function = attribute if name.startswith("__") else strict(attribute, f"Tensor.{name}")
            setattr(cls, name, seen(function, name))
        elif isinstance(attribute, property) and not name.startswith("_"):
            continue


def has_torch_function(relevant) -> bool:
    """Whether a mode is in force."""
    return bool(_modes)


def resolve_name(function):
    refuse("torch.overrides.resolve_name")
