"""Modules that hold others: in a row, in a list, in a dictionary."""

import operator
from collections import OrderedDict

from torch._mini.modules import Module
from torch._mini.parameters import Parameter
from torch._mini.refusal import refuse


def _refused(what):
    """A method that PyTorch has and this has not."""

    def method(self, *args, **kwargs):
        refuse(what)

    return method


def _at(modules, i) -> int:
    """A place among the modules, counted from the front."""
    i, n = operator.index(i), len(modules)
    if not -n <= i < n:
        raise IndexError(f"index {i} is out of range")
    return i % n


class _Row(Module):
    """Modules by number."""

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def insert(self, index, module):
        modules = list(self._modules.values())
        if not -len(modules) <= index <= len(modules):
            refuse("insert beyond the modules")
        modules.insert(index, module)
        self._renumbered(modules)
        return self if isinstance(self, Sequential) else None

    def pop(self, key):
        module = self[key]
        del self[key]
        return module

    def __setitem__(self, i, module):
        setattr(self, list(self._modules)[_at(self, i)], module)

    def __delitem__(self, i):
        modules = list(self._modules.values())
        del modules[i if isinstance(i, slice) else _at(self, i)]
        self._renumbered(modules)

    def _renumbered(self, modules):
        self._modules.clear()
        self._modules.update((str(i), module) for i, module in enumerate(modules))

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules.values())


class Sequential(_Row):
    """One module after the other."""

    def __init__(self, *modules):
        super().__init__()
        if len(modules) == 1 and isinstance(modules[0], (dict, OrderedDict)):
            for name, module in modules[0].items():
                self.add_module(name, module)
        else:
            for i, module in enumerate(modules):
                self.add_module(str(i), module)

    def forward(self, input):
        for module in self._modules.values():
            input = module(input)
        return input

    def __getitem__(self, i):
        if isinstance(i, slice):
            return type(self)(OrderedDict(list(self._modules.items())[i]))
        return list(self._modules.values())[_at(self, i)]

    def __add__(self, other):
        if not isinstance(other, Sequential):
            raise ValueError(
                "add operator supports only objects of Sequential class, but "
                f"{type(other)} is given."
            )
        return Sequential(*self, *other)

    def extend(self, sequential):
        for module in sequential:
            self.append(module)
        return self

    __iadd__ = __mul__ = __rmul__ = __imul__ = _refused("this operation on a Sequential")


class ModuleList(_Row):
    """A list whose modules are found."""

    def __init__(self, modules=()):
        super().__init__()
        for module in modules or ():
            self.append(module)

    def extend(self, modules):
        for module in modules:
            self.append(module)
        return self

    def __getitem__(self, i):
        modules = list(self._modules.values())
        return type(self)(modules[i]) if isinstance(i, slice) else modules[_at(self, i)]

    def __iadd__(self, modules):
        return self.extend(modules)

    def __add__(self, other):
        return ModuleList([*self, *other])

    def __repr__(self):
        """Equal neighbours are printed once: (0-2): 3 x Linear(...)."""
        texts = [repr(module) for module in self]
        if not texts:
            return f"{type(self).__name__}()"
        runs = [[0, 0, texts[0]]]
        for i, text in enumerate(texts[1:], 1):
            if text == runs[-1][2]:
                runs[-1][1] = i
            else:
                runs.append([i, i, text])
        lines = []
        for first, last, text in runs:
            label = f"({first}): {text}"
            if first != last:
                label = f"({first}-{last}): {last - first + 1} x {text}"
            lines.append(label.replace("\n", "\n  "))
        return f"{type(self).__name__}(\n  " + "\n  ".join(lines) + "\n)"


class ParameterList(Module):
    """A list whose parameters are found."""

    def __init__(self, values=()):
        super().__init__()
        for i, value in enumerate(values or ()):
            if not isinstance(value, Parameter):
                refuse("a ParameterList of other things than parameters")
            self.register_parameter(str(i), value)

    def __getitem__(self, i):
        return list(self._parameters.values())[i]

    def __len__(self):
        return len(self._parameters)

    def __iter__(self):
        return iter(self._parameters.values())

    append = extend = __setitem__ = __iadd__ = _refused("changing a ParameterList")

    def __repr__(self):
        lines = [
            f"    ({i}): Parameter containing: [{p.dtype} of size {'x'.join(map(str, p.shape))}]"
            for i, p in enumerate(self)
        ]
        return "\n".join(["ParameterList(", *lines, ")"])


class ModuleDict(Module):
    """A dictionary whose modules are found."""

    def __init__(self, modules=None):
        super().__init__()
        for name, module in dict(modules or {}).items():
            self.add_module(name, module)

    def __getitem__(self, name):
        return self._modules[name]

    def __setitem__(self, name, module):
        self.add_module(name, module)

    def __delitem__(self, name):
        del self._modules[name]

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules)

    clear = pop = update = _refused("this operation on a ModuleDict")

    def __contains__(self, name):
        return name in self._modules

    def keys(self):
        return self._modules.keys()

    def items(self):
        return self._modules.items()

    def values(self):
        return self._modules.values()
