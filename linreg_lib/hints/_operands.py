"""The tensors of the failing expression, with what matters about each."""

import ast
from collections.abc import Callable

import torch
from torch import Tensor

from linreg_lib.hints._frames import Place
from linreg_lib.hints._source import text
from linreg_lib.words import words


def operands(place: Place, kind: str, describe: Callable[[Tensor], str]) -> str | None:
    """Name the tensors of the failing expression in words; None where none is known.

    Args:
        kind: key of the words for one of them: "shape", "dtype" or "device".
        describe: what fills those words.
    """
    table = words("hints")["list"]
    found = {
        text(part): table[kind].format(name=text(part), value=describe(value))
        for part in parts(place)
        if isinstance(value := place.value(part), Tensor)
    }
    return table["join"].join(found.values()) or None


def parts(place: Place) -> list[ast.expr]:
    """Return what the failing operation worked on."""
    node = place.node
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.AugAssign):
        return [node.target, node.value]
    if isinstance(node, ast.Call):
        owner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return [*owner, *node.args]
    return []


def calls_layer(place: Place) -> bool:
    """Tell whether a layer of PyTorch, or a network of the reader, was called at the place."""
    node = place.node
    return isinstance(node, ast.Call) and isinstance(place.value(node.func), torch.nn.Module)


def many(place: Place, expression: ast.expr | None) -> tuple[str | None, dict]:
    """Return the kind and the facts of a tensor of too many elements."""
    value = place.value(expression)
    if not isinstance(value, Tensor):
        return None, {}
    shape = tuple(value.shape)
    return "many", {"name": text(expression), "shape": shape, "count": value.numel()}
