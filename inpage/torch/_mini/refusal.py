"""The law: what the miniature cannot do as PyTorch does it, it refuses by name."""

import functools
import inspect

refusals: list[str] = []
"""What was refused since the list was last cleared: a program may swallow an exception, this not."""


class Unsupported(BaseException):
    """Something that PyTorch can do and this miniature cannot.

    Not an Exception: a program's own `except Exception` must not take it for an error of PyTorch.
    """


def refuse(what: str):
    """Refuse; `what` names the operation, the argument or the corner."""
    refusals.append(what)
    raise Unsupported(text(what))


def text(what: str) -> str:
    """Say that something is refused."""
    return f"{what} is not in this page's PyTorch. Run the program in Jupyter or Colab."


def strict(function, name: str):
    """Refuse a call whose arguments `function` does not know: PyTorch's own may know them."""
    signature = inspect.signature(function)

    @functools.wraps(function)
    def checked(*args, **kwargs):
        try:
            signature.bind(*args, **kwargs)
        except TypeError as error:
            refuse(f"{name} with these arguments ({error})")
        return function(*args, **kwargs)

    return checked


def lacking(module: str, known: frozenset):
    """Make a module's `__getattr__`: PyTorch's names are refused, names that nobody has are missing."""

    def __getattr__(name):
        if name in known:
            refuse(f"{module}.{name}")
        raise AttributeError(f"module '{module}' has no attribute '{name}'")

    return __getattr__
