"""torch.save and torch.load: tensors and plain containers, in a form that only this page reads."""

import os
from array import array
from collections import OrderedDict

from torch._mini import dtypes
from torch._mini.devices import device
from torch._mini.dtypes import dtype
from torch._mini.parameters import Parameter
from torch._mini.refusal import refuse
from torch._mini.shapes import Size
from torch._mini.storage import Storage
from torch._mini.tensor import Tensor

_PLAIN = (bool, int, float, str, bytes, type(None))
_CONTAINERS = {"list": list, "tuple": tuple, "Size": Size, "set": set}
_DICTS = {"dict": dict, "OrderedDict": OrderedDict}


def save(obj, f, pickle_module=None, pickle_protocol=2, _use_new_zipfile_serialization=True):
    """Write tensors, and dictionaries and lists of them, to a file or a buffer."""
    if pickle_module is not None:
        refuse("torch.save with a pickle_module")
    import pickle  # not before it is needed: the page starts sooner

    memories, seen = {}, {}
    tree = _packed(obj, memories, seen)
    packed = pickle.dumps((tree, [_memory(s) for s in memories.values()]))
    if isinstance(f, (str, os.PathLike)):
        with open(f, "wb") as file:
            file.write(packed)
    elif hasattr(f, "write"):
        f.write(packed)
    else:
        raise AttributeError(
            "expected 'f' to be string, path, or a file-like object with a 'write' attribute"
        )


def load(f, map_location=None, pickle_module=None, *, weights_only=None, mmap=None):
    """Read what `save` wrote: tensors with memory of their own, shared as it was."""
    if pickle_module is not None or mmap:
        refuse("torch.load with these options")
    if map_location is not None:
        device(map_location)
    if isinstance(f, (str, os.PathLike)):
        with open(f, "rb") as file:
            packed = file.read()
    else:
        packed = f.read()
    import pickle

    try:
        tree, memories = pickle.loads(packed)
    except Exception:
        refuse("torch.load of this file")
    storages = [
        Storage(array(getattr(dtypes, kind).code, numbers), getattr(dtypes, kind))
        for kind, numbers in memories
    ]
    return _unpacked(tree, storages, [])


def _memory(storage) -> tuple:
    return _name(storage.dtype), storage.numbers.tobytes()


def _name(kind: dtype) -> str:
    """Where a dtype stands in `dtypes`."""
    return "bool_" if kind is dtypes.bool_ else kind.name


def _packed(part, memories, seen) -> tuple:
    """A tree of plain values; tensors by the number of their memory, and once each."""
    kind = type(part)
    if kind in _PLAIN:
        return ("plain", part)
    if isinstance(part, Tensor):
        if part._node is not None:
            refuse("torch.save of a tensor with a history")
        if id(part) in seen:
            return ("again", seen[id(part)])
        seen[id(part)] = len(seen)
        number = list(memories).index(id(part._storage)) if id(part._storage) in memories else None
        if number is None:
            number = len(memories)
            memories[id(part._storage)] = part._storage
        place = (part._shape, part._strides, part._offset)
        return ("tensor", number, place, part._requires, kind is Parameter)
    if kind is dtype:
        return ("dtype", _name(part))
    for name, container in _CONTAINERS.items():
        if kind is container:
            return (name, [_packed(item, memories, seen) for item in part])
    for name, container in _DICTS.items():
        if kind is container:
            return (
                name,
                [(_packed(k, memories, seen), _packed(v, memories, seen)) for k, v in part.items()],
            )
    refuse(f"torch.save of {kind.__name__}")


def _unpacked(tree, storages, made):
    name, *facts = tree
    if name == "plain":
        return facts[0]
    if name == "dtype":
        return getattr(dtypes, facts[0])
    if name == "tensor":
        number, place, requires, is_parameter = facts
        t = Tensor._raw(storages[number], *place)
        t._counter.changes = 1  # PyTorch puts the memory into it in place
        if is_parameter:
            t = Parameter(t, requires_grad=requires)
        t._requires = requires
        made.append(t)
        return t
    if name == "again":
        return made[facts[0]]
    if name in _DICTS:
        return _DICTS[name](
            (_unpacked(k, storages, made), _unpacked(v, storages, made)) for k, v in facts[0]
        )
    return _CONTAINERS[name](_unpacked(item, storages, made) for item in facts[0])
