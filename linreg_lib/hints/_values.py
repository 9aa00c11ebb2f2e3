"""What names stand for, looked up without running anything of the reader's."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from linreg_lib.recording.names import names_of as reached_by

MISSING = object()
_MANY = 100
# What a notebook keeps under names of its own: `Out`, `_`, `_3`, `_i2`.
_OF_IPYTHON = re.compile(r"__\w+__|In|Out|_+i*\d*|_[iod]h")


def lookup(node: ast.AST | None, names: dict[str, Any]) -> Any:
    """Look up a name, a stored attribute or an item; MISSING where that is not safe."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return names.get(node.id, MISSING)
    if isinstance(node, ast.Attribute):
        return attribute(lookup(node.value, names), node.attr)
    if isinstance(node, ast.Subscript):
        holder, key = lookup(node.value, names), lookup(node.slice, names)
        if type(holder) in (list, tuple, dict) and isinstance(key, (int, str)):
            try:
                return holder[key]
            except (LookupError, TypeError):
                return MISSING
        if isinstance(holder, torch.nn.Module) and isinstance(key, int):
            return holder._modules.get(str(key), MISSING)
    return MISSING


def attribute(holder: Any, name: str) -> Any:
    """Return an attribute that is stored, not computed; MISSING otherwise."""
    if isinstance(holder, torch.nn.Module):
        fields = vars(holder)
        for table in ("_parameters", "_buffers", "_modules"):
            if name in fields.get(table, {}):
                return fields[table][name]
        return fields.get(name, MISSING)
    if isinstance(holder, Tensor) or holder is MISSING:
        return MISSING
    if isinstance(holder, tuple) and name in getattr(type(holder), "_fields", ()):
        return tuple.__getitem__(holder, type(holder)._fields.index(name))
    return fields_of(holder).get(name, MISSING)


def fields_of(holder: Any) -> dict[str, Any]:
    """Return the stored attributes of a plain object; empty for anything else."""
    if isinstance(holder, (Tensor, type)):
        return {}
    try:
        fields = object.__getattribute__(holder, "__dict__")
    except AttributeError:
        return {}
    return fields if type(fields) is dict else {}


def makes(value: Any, kind: type) -> bool:
    """Tell whether a value is a class whose objects are of a kind: `nn.Linear` makes modules."""
    return isinstance(value, type) and issubclass(value, kind)


def requires_grad(value: Any) -> bool:
    """Tell whether a value is, or holds, a tensor that requires grad."""
    return any(tensor.requires_grad for tensor in tensors_in(value))


def tensors_in(value: Any, depth: int = 3) -> Iterator[Tensor]:
    """Yield the tensors that a value is, or holds in lists, dicts and modules."""
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, torch.nn.Module):
        yield from torch.nn.Module.parameters(value)
    elif isinstance(value, torch.optim.Optimizer):
        yield from (tensor for group in value.param_groups for tensor in group["params"])
    elif depth and isinstance(value, (list, tuple)):
        yield from (t for item in value[:_MANY] for t in tensors_in(item, depth - 1))
    elif depth and type(value) is dict:
        yield from (t for item in list(value.values())[:_MANY] for t in tensors_in(item, depth - 1))


def names_of(tensor: Tensor, names: dict[str, Any]) -> Iterator[str]:
    """Yield what a tensor is called: `w`, `self.w`, `params[0]`, `net.weight`."""
    own = {
        name: value
        for name, value in list(names.items())
        if not _OF_IPYTHON.fullmatch(name) and not _is_namespace(value)
    }
    return reached_by(tensor, own, lambda kind: issubclass(kind, Tensor), items=_MANY)


def _is_namespace(value: Any) -> bool:
    """Tell whether a value is what some program runs in: its names are that program's own."""
    return type(value) is dict and "__builtins__" in value
