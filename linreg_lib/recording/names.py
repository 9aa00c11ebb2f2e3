"""The names by which a program reaches its tensors: `w`, `net.weight`, `self.w`, `params[0]`.

    list(reach("net", net, is_tensor))          [("net.weight", tensor), ("net.bias", tensor)]
    names_of(tensor, frame.f_locals, is_tensor)  ["net.weight"]

Shared by the recorder and the hints: one place says how deep a name reaches. Looking runs no code
of the program: exact built-in containers are indexed, of other objects only the instance's own
`__dict__` is read, never a property, a `__getattr__` or an iterator. Nothing is kept.

What is reached: elements of lists, tuples and dictionaries, two deep; parameters, buffers,
submodules and own tensors of a module, and layers in its lists; fields of objects whose class the
program itself defines. Other objects of libraries are left alone; of an optimizer the parameters
are reached, if it is asked about by itself.
"""

import sys
import types
from collections import OrderedDict
from collections.abc import Callable, Iterator

RESULT = "return value"  # the name of what a call returns, while it does
MAX_ITEMS = 16  # of one list or dictionary
MAX_REACHED = 200  # tensors under one name
MAX_VISITED = 1000  # objects under one name
DEPTH = {"container": 2, "object": 3, "module": 8}  # how many steps of each kind lead to a tensor

_PLAIN = {
    bool, int, float, complex, str, bytes, type(None), range, slice, types.FunctionType,
    types.BuiltinFunctionType, types.MethodType, types.ModuleType, types.GeneratorType,
}  # fmt: skip
_FOREIGN = ("site-packages", "dist-packages")
_TABLES = (dict, OrderedDict)  # of a module
_LIBRARIES = ("linreg_lib", "torch")  # wherever they lie

Cut = Callable[[str, int], None]  # told ("lists", 16) where something is left out


def within(name: str, call: str) -> str:
    """Return the name of something in a call, "x (f #2)"; that of the module's own is plain."""
    return f"{name} ({call})" if call else name


def belongs(name: str, call: str) -> bool:
    """Tell whether a name is one of a call's: "x (f #2)" of "f #2"."""
    return name.endswith(f" ({call})")


def reach(
    name: str,
    value,
    is_tensor: Callable[[type], bool],
    cut: Cut = lambda kind, limit: None,
    items: int = MAX_ITEMS,
) -> Iterator[tuple[str, object]]:
    """Yield (name, tensor) for a value and all that can be reached from it.

    Args:
        name: what the value is called.
        is_tensor: tells whether a class is one of tensors.
        cut: told what is left out, as in `format.Cut`.
        items: so many elements of a list (the last) or a dictionary (the first) are looked at.
    """
    return _Reach(is_tensor, cut, items).look(name, value)


def names_of(
    tensor, variables: dict, is_tensor: Callable[[type], bool], items: int = MAX_ITEMS
) -> Iterator[str]:
    """Yield the names of a tensor among these variables, in their order."""
    for name, value in list(variables.items()):
        if not name.startswith("__") and not is_optimizer(value):
            for path, item in reach(name, value, is_tensor, items=items):
                if item is tensor:
                    yield path


def is_optimizer(value) -> bool:
    """Tell whether a value keeps groups of parameters, as the optimizers of PyTorch do."""
    return type(value) not in _PLAIN and type((_fields(value) or {}).get("param_groups")) is list


class _Reach:
    """One walk from one name."""

    def __init__(self, is_tensor, cut, items):
        self.is_tensor, self.cut, self.items = is_tensor, cut, items
        self.found = self.visited = 0
        self.inside: set[int] = set()  # ids of the objects on the way here: they may form a circle

    def look(self, path, value, depth=(0, 0, 0)) -> Iterator[tuple[str, object]]:
        kind = type(value)
        if kind in _PLAIN or isinstance(value, type):
            return
        self.visited += 1
        if self.is_tensor(kind):
            self.found += 1
            if self.found <= MAX_REACHED:
                yield path, value
            elif self.found == MAX_REACHED + 1:
                self.cut("objects", MAX_REACHED)
            return
        if self.visited > MAX_VISITED or self.found > MAX_REACHED or id(value) in self.inside:
            return
        parts, step = self._parts(path, value, kind)
        depth = tuple(a + b for a, b in zip(depth, step, strict=True))
        if any(a > b for a, b in zip(depth, DEPTH.values(), strict=True)):
            return
        self.inside.add(id(value))
        for inner, item in parts:
            yield from self.look(inner, item, depth)
        self.inside.discard(id(value))

    def _parts(self, path, value, kind):
        """Return (path, part) for the parts of a value, and which kind of step leads to them."""
        # Exact types only: a subclass could run code of the program when read.
        if kind in (list, tuple):
            if len(value) > self.items:
                self.cut("lists", self.items)
            start = max(len(value) - self.items, 0)
            items = [(f"{path}[{i}]", value[i]) for i in range(start, len(value))]
            return items, (1, 0, 0)
        if kind is dict:
            if "__builtins__" in value:  # globals()
                return (), (0, 0, 0)
            if len(value) > self.items:
                self.cut("dicts", self.items)
            items = list(value.items())[: self.items]
            return [(f"{path}[{k!r}]", v) for k, v in items if type(k) in (str, int)], (1, 0, 0)
        fields = _fields(value)
        if fields is None:
            return (), (0, 0, 0)
        if all(type(fields.get(table)) in _TABLES for table in ("_modules", "_parameters")):
            return list(_module(path, fields)), (0, 0, 1)
        if type(fields.get("param_groups")) is list:
            if self.inside:  # they have better names
                return (), (0, 0, 0)
            groups = fields["param_groups"]
            lists = [g.get("params") for g in groups if type(g) is dict]
            named = [(f"{path}.param_groups[{i}]['params']", p) for i, p in enumerate(lists)]
            return named, (0, 1, 0)
        if kind is types.SimpleNamespace or _own(kind):
            return [(f"{path}.{k}", v) for k, v in fields.items() if type(k) is str], (0, 1, 0)
        return (), (0, 0, 0)


def _fields(value) -> dict | None:
    """Return an object's own fields without asking the object."""
    try:
        fields = object.__getattribute__(value, "__dict__")
    except (AttributeError, TypeError):
        return None
    return fields if type(fields) is dict else None


def _module(path, fields):
    """Yield the parts of a module: parameters, buffers, submodules, and its own plain fields."""
    for table in ("_parameters", "_buffers", "_modules"):
        for key, part in list(fields.get(table, {}).items()):
            yield _member(path, key), part
    for key, part in list(fields.items()):
        if not key.startswith("_") and key != "training":
            yield f"{path}.{key}", part


def _member(path, key) -> str:
    # The layers of Sequential and ModuleList are called "0", "1" ...
    return f"{path}.{key}" if str(key).isidentifier() else f"{path}[{key}]"


def _own(kind: type) -> bool:
    """Tell whether a class is the program's own, not one of a library."""
    name = type.__getattribute__(kind, "__module__")
    if name in ("__main__", None):
        return True
    if type(name) is not str or name.partition(".")[0] in (*sys.stdlib_module_names, *_LIBRARIES):
        return False
    if name not in sys.modules:  # made by code that some program runs, which is no module
        return True
    file = getattr(sys.modules[name], "__file__", None)
    return file is not None and not any(part in file for part in _FOREIGN)
