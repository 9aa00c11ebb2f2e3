"""Facts that the graph itself tells: which of its parts were walked, which leaves it reaches."""

from typing import Any

from torch import Tensor

_MOST_NODES = 20_000


def nodes_of(tensor: Tensor) -> list[Any]:
    """Return the nodes that backward would walk from a tensor."""
    found, todo = {}, [tensor.grad_fn]
    while todo and len(found) < _MOST_NODES:
        node = todo.pop()
        if node is None or node in found:
            continue
        found[node] = None
        todo.extend(following for following, _ in node.next_functions)
    return list(found)


def is_walked(node: Any) -> bool:
    """Tell whether an earlier backward has freed what a node had saved."""
    for name in dir(node):
        if name.startswith("_saved_"):
            try:
                getattr(node, name)
            except RuntimeError:
                return True
    return False


def was_walked(tensor: Tensor) -> bool:
    """Tell whether an earlier backward has walked a part of a tensor's graph."""
    return any(is_walked(node) for node in nodes_of(tensor))


def reaches(tensor: Tensor, leaf: Tensor) -> bool:
    """Tell whether a tensor was computed from a leaf."""
    return any(getattr(node, "variable", None) is leaf for node in nodes_of(tensor))
