"""What a step can reach, and so what it can change.

From the step's function one gets to its closure, its default values and those globals that its
code names; from there through lists, dicts and the attributes of objects to the tensors, modules,
optimizers, schedulers and generators that it works with. Code of libraries is not looked into.
"""

import functools
import sys
import sysconfig
import types
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn
from torch.optim import Optimizer

_MOST = 100_000  # objects: more are not walked through
_STDLIB = sysconfig.get_path("stdlib")
_MADE_IN_PYTHON = 1 << 9  # the flag of classes that a program makes
_PLAIN = (bool, int, float, complex, str, bytes, type(None), type, types.ModuleType)
_OPENED = {"collections", "types", "argparse", "functools", "dataclasses", "random"}
# Data sets, loaders, layers, optimizers and schedulers hold a program's own things.
_OPENED_OF_TORCH = ("torch.utils.data", "torch.optim", "torch.nn")


@dataclass(frozen=True)
class Name:
    """A global name, or a slot of an object: something that can be bound to another object."""

    owner: Any
    name: str


def reachable(*roots: object) -> Iterator[object]:
    """Yield once each object that can be changed: containers, tensors, generators, names, cells.

    The `__dict__` of an object stands for the object.
    """
    todo, seen = deque(roots), set()
    keep = []  # an object must not die while its id stands for it
    while todo and len(seen) < _MOST:
        thing = todo.popleft()
        if issubclass(type(thing), _PLAIN):
            continue
        key = (id(thing.owner), thing.name) if type(thing) is Name else id(thing)
        if key in seen:
            continue
        seen.add(key)
        keep.append(thing)
        yield thing
        todo.extend(_within(thing))


def _within(thing: object) -> Iterator[object]:
    kind = type(thing)
    if kind is Name:
        value = value_of(thing)
        if value is not MISSING:
            yield value
    elif kind is types.CellType:
        yield from _cell(thing)
    elif kind is types.FunctionType:
        yield from _of_function(thing)
    elif kind is types.MethodType:
        yield thing.__func__
        yield thing.__self__
    elif issubclass(kind, functools.partial):
        yield from (thing.func, thing.args, thing.keywords)
    elif issubclass(kind, dict):
        yield from thing.values()
    elif issubclass(kind, (list, tuple, set, frozenset, deque)):
        yield from thing
    elif issubclass(kind, Tensor):
        if thing.is_leaf and thing.grad is not None:
            yield thing.grad
    elif issubclass(kind, (staticmethod, classmethod)):
        yield thing.__func__
    elif issubclass(kind, property):
        yield from (thing.fget, thing.fset)
    elif _opened(kind):
        yield from _of_object(thing)


def _cell(cell: types.CellType) -> Iterator[object]:
    try:
        yield cell.cell_contents
    except ValueError:  # not filled yet
        return


def _of_function(function: types.FunctionType) -> Iterator[object]:
    if _installed(function.__code__.co_filename):
        return
    yield from function.__closure__ or ()
    yield function.__defaults__
    yield function.__kwdefaults__
    yield function.__dict__
    names = set(_names_in(function.__code__))
    for name in names:
        yield Name(function.__globals__, name)
        module = function.__globals__.get(name)
        if type(module) is types.ModuleType and not _of_a_library(module.__name__):
            # `settings.net` names both the module and what is taken from it.
            yield from (Name(vars(module), inner) for inner in names & vars(module).keys())


def _names_in(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names_in(constant)


def _of_object(thing: object) -> Iterator[object]:
    attributes = getattr(thing, "__dict__", None)
    if type(attributes) is dict:
        yield attributes
    for base in type(thing).__mro__:
        if _is_librarys(base):
            continue
        slots = base.__dict__.get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else slots:
            if slot not in ("__dict__", "__weakref__"):
                yield Name(thing, slot)
        # A class's own attributes, and the globals that its methods name.
        yield from (v for v in vars(base).values() if not isinstance(v, types.MemberDescriptorType))


def _opened(kind: type) -> bool:
    """Tell whether an object of this type is looked into."""
    module = kind.__module__ or ""
    return (
        not _is_librarys(kind)
        or module.partition(".")[0] in _OPENED
        or module.startswith(_OPENED_OF_TORCH)
        or issubclass(kind, (nn.Module, Optimizer))
    )


def _is_librarys(kind: type) -> bool:
    """Tell whether a class comes with Python or with a library."""
    if kind.__module__ == "builtins":
        return not kind.__flags__ & _MADE_IN_PYTHON  # `exec` without a name calls its classes so
    return _of_a_library(kind.__module__)


def _of_a_library(module: str) -> bool:
    top = (module or "").partition(".")[0]
    if top == "__main__":  # its file may be that of whatever started the program
        return False
    if top == "torch" or top in sys.stdlib_module_names:
        return True
    return _installed(getattr(sys.modules.get(top), "__file__", None) or "")


def _installed(path: str) -> bool:
    return "-packages" in path or path.startswith((_STDLIB, "<frozen"))


MISSING = object()


def value_of(name: Name) -> object:
    """Return what a name is bound to, or `MISSING`."""
    if isinstance(name.owner, dict):
        return name.owner.get(name.name, MISSING)
    return getattr(name.owner, name.name, MISSING)


def bind(name: Name, value: object) -> None:
    """Bind a name; `MISSING` removes it."""
    if isinstance(name.owner, dict):
        if value is MISSING:
            name.owner.pop(name.name, None)
        else:
            name.owner[name.name] = value
    elif value is MISSING:
        if hasattr(name.owner, name.name):
            delattr(name.owner, name.name)
    else:
        object.__setattr__(name.owner, name.name, value)
