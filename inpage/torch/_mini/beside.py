"""Modules that stand beside PyTorch elsewhere and not here: each may be imported, and refuses its names.

A program that only imports one runs. Of NumPy there is what makes an array of numbers to be turned
into a tensor; of its random numbers only the seed, which nothing here draws from.
"""

import contextlib
import importlib
import importlib.machinery
import math
import types

from torch._mini.refusal import refuse

PARTS = {
    "matplotlib": ("pyplot",),
    "numpy": ("random",),
    "pandas": (),
    "scipy": (),
    "seaborn": (),
    "sklearn": (),
    "torchvision": (),
    "tqdm": (),
}


class _Beside(types.ModuleType):
    """A module whose names are refused, but for those that it was given."""

    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(f"module '{self.__name__}' has no attribute '{name}'")
        refuse(f"{self.__name__}.{name}")


class Finder:
    """Finds those modules, and refuses modules within them that it does not know."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        home, _, part = name.partition(".")
        if home not in PARTS:
            return None
        if part and part not in PARTS[home]:
            refuse(f"the module {name}")
        return importlib.machinery.ModuleSpec(name, cls, is_package=True)

    @staticmethod
    def create_module(spec):
        return _Beside(spec.name)

    @staticmethod
    def exec_module(module):
        name = module.__name__
        module.__dict__.update(
            NUMPY if name == "numpy" else RANDOM if name == "numpy.random" else {}
        )
        for part in PARTS.get(name, ()):
            importlib.import_module(f"{name}.{part}")


# NumPy ---------------------------------------------------------------------------------------------


def _kind(dtype):
    """The miniature's dtype that a NumPy dtype, its name or a Python type means."""
    import torch

    named = {int: "int64", float: "float64", bool: "bool"}
    name = named.get(dtype) if isinstance(dtype, type) and dtype in named else str(dtype)
    if name not in ("float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool"):
        refuse(f"NumPy's dtype {dtype!r}")
    return getattr(torch, name)


def array(object, dtype=None):
    """An array of Python's numbers, in nested lists."""
    import torch
    from torch._mini.arrays import Array

    if isinstance(object, Array):
        return object.copy() if dtype is None else object.astype(_kind(dtype).name)
    if not isinstance(object, (list, tuple, int, float)):
        refuse(f"a NumPy array of a {type(object).__name__}")
    try:
        if dtype is not None:
            return Array(torch.tensor(object, dtype=_kind(dtype)))
        made = torch.tensor(object, dtype=torch.float64)
    except (TypeError, ValueError, RuntimeError):
        refuse("a NumPy array of this")
    kinds = set(_types(object))
    if kinds == {bool}:
        return Array(torch.tensor(object))
    if bool in kinds:
        refuse("a NumPy array of truth values and numbers")
    return Array(made if float in kinds or not kinds else torch.tensor(object))


def _types(part):
    if isinstance(part, (list, tuple)):
        for one in part:
            yield from _types(one)
    elif type(part) in (bool, int, float):
        yield type(part)
    else:
        refuse(f"a NumPy array of a {type(part).__name__}")


def _filled(name, number):
    def function(shape, dtype=float):
        import torch
        from torch._mini.arrays import Array

        shape = (shape,) if isinstance(shape, int) else tuple(shape)
        return Array(torch.full(shape, number, dtype=_kind(dtype)))

    function.__name__ = name
    return function


def arange(*bounds, dtype=None):
    if not 1 <= len(bounds) <= 3 or not all(type(x) is int for x in bounds):
        refuse("numpy.arange of other numbers than whole ones")
    return array(list(range(*bounds)), dtype)


def linspace(start, stop, num=50):
    import torch
    from torch._mini.arrays import Array

    if type(num) is not int or num < 2 or not all(type(x) in (int, float) for x in (start, stop)):
        refuse("this kind of numpy.linspace")
    step = (stop - start) / (num - 1)
    numbers = [i * step + start for i in range(num - 1)] + [float(stop)]
    return Array(torch.tensor(numbers, dtype=torch.float64))


def errstate(**kinds):
    """NumPy's warnings about numbers: nothing here gives one, so there is none to leave out."""
    return contextlib.nullcontext()


def _numpy() -> dict:
    from torch._mini.arrays import Array, ArrayType
    from torch._mini.dtypes import bool_, float32, float64, int8, int16, int32, int64, uint8

    kinds = (float32, float64, int8, int16, int32, int64, uint8)
    return {
        **{kind.name: ArrayType(kind) for kind in kinds},
        "bool_": ArrayType(bool_),
        "ndarray": Array,
        "array": array,
        "asarray": array,
        "zeros": _filled("zeros", 0),
        "ones": _filled("ones", 1),
        "arange": arange,
        "errstate": errstate,
        "linspace": linspace,
        "pi": math.pi,
        "e": math.e,
        "inf": math.inf,
        "nan": math.nan,
        "newaxis": None,
    }


NUMPY = _numpy()
RANDOM = {
    "seed": lambda seed=None: None,
    "get_state": lambda: None,
    "set_state": lambda state: None,
}
