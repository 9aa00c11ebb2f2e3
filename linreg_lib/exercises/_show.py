"""Values as a message shows them: short, and the same for tensors, arrays and numbers."""

from reprlib import Repr

_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 60


def plain(text: str) -> str:
    """Leave out what does not matter when two texts are compared: spaces, backticks, case."""
    return "".join(text.split()).replace("`", "").casefold()


def shape(value) -> str:
    """The shape as PyTorch's users write it: (5, 1)."""
    return str(tuple(value.shape))


def number(value) -> str:
    """A number in four digits."""
    value = float(value)
    return f"{value:.4g}"


def numbers(values) -> str:
    """The first numbers of a list, an array or a tensor."""
    values = values.flatten().tolist() if hasattr(values, "flatten") else list(values)
    shown = [number(value) for value in values[:5]]
    return ", ".join(shown) + (", ..." if len(values) > 5 else "")


def thing(value) -> str:
    """What a value is, in a few words: a tensor of shape (5, 1), None, a list of 3."""
    if hasattr(value, "shape"):
        shown = f"{numbers(value)} in shape {shape(value)}" if value.shape else number(value)
        return shown if hasattr(value, "requires_grad") else f"a NumPy array, {shown}"
    if isinstance(value, list | tuple | dict):
        return f"a {type(value).__name__} of {len(value)}"
    if hasattr(value, "__next__"):
        return f"a {type(value).__name__}"
    return _SHORT.repr(value)
