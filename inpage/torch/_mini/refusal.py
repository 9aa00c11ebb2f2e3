"""The law: what the miniature cannot do as PyTorch does it, it refuses by name."""

import dis
import functools
import inspect
import os

from torch._mini.arguments import checker

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_RAISING = {dis.opmap["RAISE_VARARGS"], dis.opmap["RERAISE"]}

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


# Words of NumPy's that PyTorch's parser takes for its own, but not functions written in Python.
_NUMPY_WORDS = {"axis": "dim", "keepdims": "keepdim"}
_BY_PYTHON = frozenset("norm split unique unique_consecutive transpose flip roll".split())


def strict(function, name: str):
    """Refuse a call that `function` does not know, or stumbles over: PyTorch's own may know it.

    An error counts as PyTorch's only where the miniature raised it on purpose, or where it comes
    from the program itself.
    """

    wants = (
        set()
        if name.rpartition(".")[2] in _BY_PYTHON or name.startswith("torch.nn.")
        else {*_NUMPY_WORDS} - {*function.__code__.co_varnames}
    )

    check = checker(function, name)
    operator = not name.startswith("Tensor.__")  # Python asks those, and may ask the other operand

    @functools.wraps(function)
    def checked(*args, **kwargs):
        if kwargs and not wants.isdisjoint(kwargs):
            kwargs = {_NUMPY_WORDS[k] if k in wants else k: v for k, v in kwargs.items()}
        if check is not None:
            wrong = check(args, kwargs)
            if wrong is not None:
                refuse(wrong)
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            if stumbled(error):
                wrong = _no_tensor(function, args)
                if wrong is not None:
                    raise wrong from None
                refuse(f"{name} with these arguments ({error})")
            raise
        if result is NotImplemented and operator:
            refuse(f"{name} with these arguments")
        return result

    return checked


def stumbled(error: Exception) -> bool:
    """Whether an error arose within the miniature without being raised there."""
    if isinstance(error, Warning):  # the program asked for warnings as errors
        return False
    trace, before = error.__traceback__, None
    while trace.tb_next is not None:
        trace, before = trace.tb_next, trace
    code = trace.tb_frame.f_code
    if code.co_name == "__getattr__" and before is not None:
        # An object without the name was asked for it: by the miniature, or by the program.
        return before.tb_frame.f_code.co_filename.startswith(PACKAGE)
    return code.co_filename.startswith(PACKAGE) and code.co_code[trace.tb_lasti] not in _RAISING


# Functions whose first argument PyTorch's parser has other words for.
_OTHER_WORDS = frozenset(
    "eq ne lt le gt ge clamp clamp_min clamp_max where narrow masked_fill std var all any norm "
    "split pow remainder floor_divide movedim einsum unique".split()
)
_ALONE = frozenset("sum mean prod max min sort argsort squeeze round addmm".split())


def _no_tensor(function, args):
    """PyTorch's error where the first argument of a function should be a tensor."""
    name = function.__name__
    takes = function.__code__.co_varnames[:1]
    if takes != ("input",) or not args or hasattr(type(args[0]), "_requires_grad_flag"):
        return None
    if name.startswith("_") or name in _OTHER_WORDS or (name in _ALONE and len(args) > 1):
        return None
    kind = type(args[0]).__name__
    return TypeError(f"{name}(): argument 'input' (position 1) must be Tensor, not {kind}")


def guarded(cls):
    """Make a class's own methods refuse what they stumble over (a decorator)."""
    for name, member in list(vars(cls).items()):
        if inspect.isfunction(member) and name[0] != "_" and name != "forward":
            setattr(cls, name, strict(member, f"{cls.__name__}.{name}"))
    return cls


def lacking(module: str, known: frozenset):
    """Make a module's `__getattr__`: PyTorch's names are refused, names that nobody has are missing."""

    def __getattr__(name):
        if name in known:
            refuse(f"{module}.{name}")
        raise AttributeError(f"module '{module}' has no attribute '{name}'")

    return __getattr__
