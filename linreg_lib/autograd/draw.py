"""Drawing a graph: SVG written by hand (no graphviz, no matplotlib).

Boxes from left to right: leaves first, results last. Arrows point the way backward walks, from an
operation to what it was computed from. What a border or a color says, a word says too.
"""

from dataclasses import dataclass
from html import escape
from itertools import pairwise

from linreg_lib.recording.sentences import say_cut

MAX_DRAWN = 200  # nodes; above this a picture shows nothing
CHARACTER, LINE, PADDING = 6.7, 17, 10  # pixels
GAP_X, GAP_Y, TAG = 46, 14, 18
MARGIN = 14
NO_GRAPH = "No graph: none of these tensors was computed from one that requires grad."

# The page's colors where there are any: the book's, the theme's, Jupyter's, a plain fallback.
COLORS = {
    "ink": "var(--lr-ink, var(--pst-color-text-base, var(--jp-ui-font-color1, #1f2328)))",
    "muted": "var(--lr-muted, var(--pst-color-text-muted, var(--jp-ui-font-color2, #57606a)))",
    "surface": "var(--lr-surface, var(--pst-color-background, var(--jp-layout-color0, #ffffff)))",
    "accent": "var(--lr-accent, var(--pst-color-primary, var(--jp-brand-color1, #0b6bab)))",
    "bad": "var(--lr-bad, var(--pst-color-danger, var(--jp-error-color1, #b3261e)))",
}


@dataclass
class Box:
    """A node in pixels: its left edge, its middle, its size and what it says."""

    x: float
    y: float
    width: float
    height: float
    tag: str
    lines: list[str]
    kind: str  # leaf, operation, freed, stale


def words(node: dict) -> tuple[str, list[str], str]:
    """Return a node's tag (names of the tensors it made), its lines and its kind."""
    names = ", ".join(node["names"])
    if node["kind"] == "leaf":
        return "", [names or _unnamed(node), "AccumulateGrad", f"grad: {node['grad']}"], "leaf"
    lines = [node["name"]]
    if node["shape"] is not None:
        lines.append(
            "(" + ", ".join(map(str, node["shape"])) + ("," * (len(node["shape"]) == 1)) + ")"
        )
    by_state: dict[str, list] = {}
    for saved, state in zip(node["saved"], node["states"], strict=True):
        by_state.setdefault(state, []).append(saved["name"])
    said = {"alive": "saves", "freed": "freed:", "stale": "stale:", "unreadable": "unreadable:"}
    parts = [f"{said[s]} {', '.join(by_state[s])}" for s in said if s in by_state]
    lines.append("; ".join(parts) if parts else "saves nothing")
    kind = "stale" if "stale" in by_state else "freed" if "freed" in by_state else "operation"
    return names, lines, kind


def _unnamed(node):
    return f"former {node['former'][0]}" if node["former"] else "unnamed leaf"


def geometry(graph) -> tuple[list[Box], list[list[tuple[float, float]]], float, float]:
    """Return boxes, arrows (lists of points, the last one is the head), width and height."""
    content = {node["id"]: words(node) for node in graph.nodes}
    widths = [0.0] * graph.size["layers"]
    tall = LINE
    for node in graph.nodes:
        tag, lines, _ = content[node["id"]]
        need = max(len(text) for text in [tag, *lines]) * CHARACTER + 2 * PADDING
        widths[node["layer"]] = max(widths[node["layer"]], need)
        tall = max(tall, len(lines) * LINE + PADDING)
    lefts, x = [], float(MARGIN)
    for width in widths:
        lefts.append(x)
        x += width + GAP_X
    pitch = tall + TAG + GAP_Y

    def middle(row):
        return MARGIN + TAG + tall / 2 + row * pitch

    boxes = []
    for node in graph.nodes:
        tag, lines, kind = content[node["id"]]
        left, width = lefts[node["layer"]], widths[node["layer"]]
        boxes.append(Box(left, middle(node["row"]), width, tall, tag, lines, kind))
    arrows = []
    for edge in graph.edges:
        points = []
        last = len(edge["points"]) - 1
        for i, (layer, row) in enumerate(edge["points"]):
            right = lefts[layer] + widths[layer]
            if i < last:  # leave a box, or a bend, on its left side
                if i:
                    points.append((right, middle(row)))
                points.append((lefts[layer], middle(row)))
            else:
                points.append((right, middle(row)))
        arrows.append(points)
    width = x - GAP_X + MARGIN if widths else 2 * MARGIN
    height = 2 * MARGIN + TAG + tall + max(graph.size["rows"] - 1, 0) * pitch
    return boxes, arrows, width, height


def describe(graph) -> str:
    """Say in a few sentences what the drawing shows."""
    if not graph.nodes:
        return NO_GRAPH
    leaves = sorted((n for n in graph.nodes if n["kind"] == "leaf"), key=lambda n: n["row"])
    operations = len(graph.nodes) - len(leaves)
    names = ", ".join(", ".join(n["names"]) or _unnamed(n) for n in leaves)
    freed = sum("freed" in n["states"] for n in graph.nodes)
    text = f"{operations} operation{'s' * (operations != 1)}, from left to right"
    text += f", computed from {names}." if leaves else "."
    if freed:
        text += f" The saved tensors of {freed} of them are freed."
    return text


def to_svg(graph, title: str = "Autograd graph") -> str:
    """Return the drawing as one SVG element; all text in it is escaped."""
    if not 0 < len(graph.nodes) <= MAX_DRAWN:
        return _sign(graph, title)
    boxes, arrows, width, height = geometry(graph)
    body = [_arrow(points) for points in arrows] + [_box(box) for box in boxes]
    return _svg(title, describe(graph), width, height, body)


def _sign(graph, title):
    if not graph.nodes:
        text = NO_GRAPH
    else:
        text = f"{len(graph.nodes):,} nodes: too many to draw (at most {MAX_DRAWN})."
    width = len(text) * CHARACTER + 2 * MARGIN
    body = [_text(MARGIN, 24, text, "muted")]
    return _svg(title, text, width, 40, body)


def _svg(title, description, width, height, body):
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:.0f} '
            f'{height:.0f}" width="{width:.0f}" height="{height:.0f}" '
            # Never so small that it cannot be read: then it scrolls.
            f'style="max-width:100%;min-width:{0.65 * width:.0f}px;height:auto" '
            'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="11">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(description)}</desc>",
            f'<rect width="100%" height="100%" style="fill:{COLORS["surface"]}"/>',
            *body,
            "</svg>",
        ]
    )


def _text(x, y, text, color, bold=False, anchor="start"):
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight} '
        f'style="fill:{COLORS[color]}">{escape(text)}</text>'
    )


def _arrow(points):
    x1, y1 = points[-1]
    path = f"M {points[0][0]:.1f} {points[0][1]:.1f}"
    for (xa, ya), (xb, yb) in pairwise(points):
        half = (xa + xb) / 2
        path += f" C {half:.1f} {ya:.1f} {half:.1f} {yb:.1f} {xb:.1f} {yb:.1f}"
    head = f"{x1:.1f},{y1:.1f} {x1 + 7:.1f},{y1 - 3.5:.1f} {x1 + 7:.1f},{y1 + 3.5:.1f}"
    return (
        f'<path d="{path}" fill="none" stroke-width="1.3" style="stroke:{COLORS["muted"]}"/>'
        f'<polygon points="{head}" style="fill:{COLORS["muted"]}"/>'
    )


def _corner(box):
    return box.height / 2.6 if box.kind == "leaf" else 5


def _box(box):
    stroke = {"leaf": "accent", "stale": "bad", "freed": "muted"}.get(box.kind, "ink")
    dash = ' stroke-dasharray="5 3"' if box.kind in ("freed", "stale") else ""
    ink = "muted" if box.kind == "freed" else "ink"
    top, center = box.y - box.height / 2, box.x + box.width / 2
    first = box.y - (len(box.lines) - 1) * LINE / 2 + 4
    parts = [
        f'<rect x="{box.x:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'rx="{_corner(box):.1f}" stroke-width="1.4"{dash} '
        f'style="fill:{COLORS["surface"]};stroke:{COLORS[stroke]}"/>'
    ]
    if box.tag:
        parts.append(_text(center, top - 5, box.tag, "accent", bold=True, anchor="middle"))
    for i, line in enumerate(box.lines):
        color = "bad" if line.startswith("stale") else ink if i == 0 else "muted"
        parts.append(_text(center, first + i * LINE, line, color, bold=i == 0, anchor="middle"))
    return "<g>" + "".join(parts) + "</g>"


def to_html(graph, title: str = "Autograd graph") -> str:
    """Return the drawing with the same facts as a table under it."""
    if not graph.nodes:
        return f"<p>{NO_GRAPH}</p>"
    rows = []
    for node in graph.nodes[:MAX_DRAWN]:
        saved = [
            f"{s['name']} {state}" for s, state in zip(node["saved"], node["states"], strict=True)
        ]
        inputs = [_called(graph, e["to"]) for e in graph.edges if e["from"] == node["id"]]
        cells = [node["name"], ", ".join(node["names"]), ", ".join(saved), ", ".join(inputs)]
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    notes = "".join(f"<p>{escape(text)}</p>" for text in map(say_cut, graph.cut))
    heads = "".join(
        f'<th scope="col">{head}</th>' for head in ("Node", "Tensor", "Saved tensors", "Inputs")
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return (
        '<figure style="margin:0"><div style="overflow-x:auto" tabindex="0" role="group" '
        f'aria-label="{escape(title)}">{to_svg(graph, title)}</div>'
        f"<figcaption>{escape(describe(graph))}{notes}"
        f"<details><summary>The graph as a table</summary>{table}</details></figcaption></figure>"
    )


def _called(graph, label):
    node = next(n for n in graph.nodes if n["id"] == label)
    return f"{node['name']} of {', '.join(node['names'])}" if node["names"] else node["name"]
