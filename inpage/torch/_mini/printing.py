"""How a tensor is printed, number for number as PyTorch does it (torch/_tensor_str.py)."""

import math

from torch._mini import dtypes
from torch._mini.dtypes import bool_, int64
from torch._mini.refusal import refuse
from torch._mini.tensor import values

PROFILES = {
    "default": {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80},
    "short": {"precision": 2, "threshold": 1000, "edgeitems": 2, "linewidth": 80},
    "full": {"precision": 4, "threshold": math.inf, "edgeitems": 3, "linewidth": 80},
}
options = dict(PROFILES["default"], sci_mode=None)


def set_printoptions(
    precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None
):
    """Change how tensors are printed."""
    if profile is not None:
        options.update(PROFILES[profile])
    given = {
        "precision": precision,
        "threshold": threshold,
        "edgeitems": edgeitems,
        "linewidth": linewidth,
    }
    options.update({name: value for name, value in given.items() if value is not None})
    options["sci_mode"] = sci_mode


class _Format:
    """One width and one notation for all numbers of a tensor."""

    def __init__(self, numbers, floating):
        self.floating, self.whole, self.scientific, self.width = floating, True, False, 1
        if not floating:
            self.width = max([1, *(len(str(x)) for x in numbers)])
            return
        shown = [x for x in numbers if x != 0 and math.isfinite(x)]
        if not shown:
            return
        low, high = min(map(abs, shown)), max(map(abs, shown))
        self.whole = all(x == math.ceil(x) for x in shown)
        self.scientific = high / low > 1000.0 or high > 1.0e8 or low < 1.0e-4
        if options["sci_mode"] is not None:
            self.scientific = options["sci_mode"]
        digits = options["precision"]
        if self.scientific:
            widths = (len(f"{x:.{digits}e}") for x in shown)
        elif self.whole:
            widths = (len(f"{x:.0f}") + 1 for x in shown)
        else:
            widths = (len(f"{x:.{digits}f}") for x in shown)
        self.width = max([1, *widths])

    def __call__(self, x):
        digits = options["precision"]
        if not self.floating:
            text = str(x)
        elif self.scientific:
            text = f"{x:{self.width}.{digits}e}"
        elif self.whole:
            text = f"{x:.0f}" + ("." if math.isfinite(x) else "")
        else:
            text = f"{x:.{digits}f}"
        return text.rjust(self.width)


def _ends(nested, depth) -> list:
    """The numbers that are shown, where a long tensor is cut."""
    if depth == 0:
        return [nested]
    edge = options["edgeitems"]
    part = nested if len(nested) <= 2 * edge else nested[:edge] + nested[-edge:]
    return part if depth == 1 else [x for row in part for x in _ends(row, depth - 1)]


def _written(nested, depth, indent, cut, form):
    if depth == 0:
        return form(nested)
    edge = options["edgeitems"]
    cuts_here = cut and len(nested) > 2 * edge
    if depth == 1:
        a_line = max(1, (options["linewidth"] - indent) // (form.width + 2))
        if cuts_here:
            items = [*map(form, nested[:edge]), " ...", *map(form, nested[-edge:])]
        else:
            items = [form(x) for x in nested]
        lines = [", ".join(items[i : i + a_line]) for i in range(0, len(items), a_line)]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
    rows = [*nested[:edge], None, *nested[-edge:]] if cuts_here else nested
    texts = [
        "..." if row is None else _written(row, depth - 1, indent + 1, cut, form) for row in rows
    ]
    return "[" + ("," + "\n" * (depth - 1) + " " * (indent + 1)).join(texts) + "]"


def text(t) -> str:
    """`tensor([1., 2.], requires_grad=True)`."""
    if hasattr(t, "__dict__") and "_generator_state" in t.__dict__:
        refuse("printing the state of a generator")
    start, endings = "tensor(", []
    default = dtypes.default[0]
    if t.numel() == 0:
        body = "[]"
        if t.dim() != 1:
            endings.append(f"size={tuple(t.shape)}")
        if t.dtype is not default:
            endings.append(f"dtype={t.dtype}")
    else:
        if t.dtype not in (default, int64, bool_):
            endings.append(f"dtype={t.dtype}")
        nested, cut = t.tolist(), t.numel() > options["threshold"]
        shown = _ends(nested, t.dim()) if cut else values(t)
        if t.dtype is bool_:
            shown = [bool(x) for x in shown]
        body = _written(nested, t.dim(), len(start), cut, _Format(shown, t.is_floating_point()))
    try:
        node = t.grad_fn
    except RuntimeError:  # a view whose history is gone
        node, ending = None, "grad_fn=<Invalid>"
    else:
        ending = "requires_grad=True" if t.requires_grad else None
    if node is not None:
        endings.append(f"grad_fn=<{node.name().removeprefix('torch::autograd::')}>")
    elif ending is not None:
        endings.append(ending)
    out = start + body
    column = len(out) - out.rfind("\n") + 1
    for ending in endings:
        if column + len(ending) + 2 > options["linewidth"]:
            out += ",\n" + " " * len(start) + ending
            column = len(start) + len(ending)
        else:
            out += ", " + ending
            column += len(ending) + 2
    return out + ")"
