"""Reading one autograd node: name, kind, shape, inputs and the state of its saved tensors.

Nothing here evaluates, frees or fills anything. States of a saved tensor:
"alive"; "freed" (reading it raises "... a second time"); "stale" (it was changed in place since,
so that backward would fail); "none" (the operation did not need it).
"""

from dataclasses import dataclass

from torch import Tensor

_RAW = "_raw_saved_"
_attributes: dict[type, list[str]] = {}  # saved tensors by node type: dir() is slow


@dataclass
class Saved:
    """One saved tensor: its name, its state and, if it can be read, the tensor."""

    name: str
    state: str
    tensor: Tensor | None = None


def name_of(node) -> str:
    """Return the node's name without its C++ namespace, such as "MulBackward0"."""
    return node.name().rpartition("::")[2]


def is_leaf_node(node) -> bool:
    """Say whether the node adds a gradient into a leaf's `.grad` (AccumulateGrad)."""
    return hasattr(node, "variable") and name_of(node) == "AccumulateGrad"


def shape_of(node) -> list[int] | None:
    """Return the shape of the operation's first output, None where PyTorch does not keep it."""
    try:
        metadata = node._input_metadata
        return [int(n) for n in metadata[0].shape] if metadata else None
    except (AttributeError, RuntimeError, TypeError):
        return None


def inputs_of(node) -> list[tuple[int, object]]:
    """Return (slot, node) for each input that has a node, as in `next_functions`."""
    return [(i, fn) for i, (fn, _) in enumerate(node.next_functions) if fn is not None]


def saved_of(node) -> list[Saved]:
    """Return the node's saved tensors in a fixed order; [] if it saves sizes only."""
    if hasattr(type(node), "saved_tensors"):  # a torch.autograd.Function keeps one tuple
        return _read_many(node, "_raw_saved_tensors", "saved_tensors", "saved_tensors")
    kind = type(node)
    if kind not in _attributes:
        names = [a.removeprefix(_RAW) for a in dir(kind) if a.startswith(_RAW)]
        _attributes[kind] = sorted(names, key=lambda name: (name != "self", name))
    flat = []
    for name in _attributes[kind]:
        found = _read(node, name)
        flat += found if isinstance(found, list) else [found]
    return flat


def _read(node, name):
    try:
        raw = getattr(node, _RAW + name)
    except RuntimeError as error:  # lists of tensors raise here when freed
        return Saved(name, _state(error))
    if isinstance(raw, tuple | list):
        return _read_many(node, _RAW + name, "_saved_" + name, name)
    # With saved_tensors_hooks reading would call the reader's own unpack hook.
    if getattr(raw, "unpack_hook", None) is not None:
        return Saved(name, "alive")
    try:
        tensor = getattr(node, "_saved_" + name)
    except RuntimeError as error:
        return Saved(name, _state(error))
    return Saved(name, "none" if tensor is None else "alive", tensor)


def _read_many(node, raw_name, plain_name, name) -> list[Saved]:
    try:
        raw = getattr(node, raw_name)
    except RuntimeError as error:
        return [Saved(name, _state(error))]
    if not raw:
        return []
    if any(getattr(r, "unpack_hook", None) is not None for r in raw):
        return [Saved(f"{name}[{i}]", "alive") for i in range(len(raw))]
    try:
        tensors = getattr(node, plain_name)
    except RuntimeError as error:
        return [Saved(f"{name}[{i}]", _state(error)) for i in range(len(raw))]
    return [
        Saved(f"{name}[{i}]", "none" if t is None else "alive", t) for i, t in enumerate(tensors)
    ]


def _state(error: RuntimeError) -> str:
    text = str(error)
    if "second time" in text:
        return "freed"
    if "modified by an inplace operation" in text:
        return "stale"
    return "unreadable"
