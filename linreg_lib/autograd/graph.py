"""The autograd graph as plain data (book: Inside autograd)."""

import copy
import json
from dataclasses import dataclass

from torch import Tensor

from linreg_lib.autograd import draw as drawing
from linreg_lib.autograd.probe import PROBE
from linreg_lib.recording.layout import place
from linreg_lib.recording.snapshot import Snapshots

MAX_NODES = 20_000


@dataclass(frozen=True)
class Graph:
    """The graph behind some tensors: nodes, edges and the tensors, as plain data.

    Attributes:
        tensors: {name: facts}: shape, dtype, value, requires_grad, is_leaf, grad_fn, grad, ...
        nodes: operations and leaves (AccumulateGrad), with `saved` and `states` of the saved
            tensors ("alive", "freed", "stale", "none"), `names`, `shape`, `layer` and `row`;
            leaves with `grad` ("none", "value", "stale").
        edges: from a node to what it was computed from, as in `next_functions`.
        size: layers and rows of the drawing.
        cut: what was left out (`recording.format.Cut`).
    """

    tensors: dict[str, dict]
    nodes: list[dict]
    edges: list[dict]
    size: dict
    cut: list[dict]

    def to_dict(self) -> dict:
        """Return the graph as JSON-able data of its own."""
        parts = ("tensors", "nodes", "edges", "size", "cut")
        return {"version": 1, **{name: copy.deepcopy(getattr(self, name)) for name in parts}}

    def to_json(self) -> str:
        """Return the graph as compact JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    def to_svg(self, title: str = "Autograd graph") -> str:
        """Return a drawing as SVG text, for a page or a file; needs no other program."""
        return drawing.to_svg(self, title)

    def _repr_html_(self) -> str:
        return drawing.to_html(self)

    def __repr__(self) -> str:
        return f"<Graph: {len(self.nodes)} nodes, {len(self.edges)} edges>"


def autograd_graph(**named_tensors: Tensor) -> Graph:
    """Describe the graph that autograd keeps behind tensors, without changing anything.

    Args:
        named_tensors: the tensors to start from, such as `autograd_graph(w=w, b=b, loss=loss)`.

    Returns:
        Graph. Nodes belong to names: an operation to the tensors it made, a leaf's
        AccumulateGrad to the leaf. Tensors without a graph add no nodes. From 20,000 nodes on the
        rest is left out, and `cut` says so.

    Raises:
        TypeError: if one of the values is not a tensor.
    """
    for name, value in named_tensors.items():
        if not isinstance(value, Tensor):
            raise TypeError(
                f"autograd_graph takes tensors; got {name}={type(value).__name__}. "
                "Write autograd_graph(loss=loss)."
            )
    shots = Snapshots(PROBE, max_nodes=MAX_NODES, max_tensors=None, lasting=False)
    facts, states = shots.take(list(named_tensors.items()))
    return build(facts, shots.nodes, shots.edges, states, list(shots.cut.values()))


def graph_of_step(recording: dict, state: dict) -> Graph:
    """Return the graph at one step of a recording; state: that step in full (`expand`)."""
    table = {node["id"]: node for node in recording["nodes"]}
    edges = {(e["from"], e["slot"]): e["to"] for e in recording["edges"]}
    states = {label: list(node["saved"].values()) for label, node in state["nodes"].items()}
    return build(state["tensors"], table, edges, states, recording["cut"])


def build(facts, table, edges, states, cut) -> Graph:
    """Make a Graph of recorded parts: those nodes of the table that have states.

    Args:
        facts: {label: facts} of the tensors; table: {id: node}; edges: {(from, slot): to};
        states: {id: states of the saved tensors}; cut: what was left out.
    """
    table = {label: table[label] for label in states}
    edges = {e: to for e, to in edges.items() if e[0] in states and to in states}
    names = {label: known["names"] for label, known in facts.items()}
    owners: dict[str, list] = {}
    for known in facts.values():
        owners.setdefault(known["node"], []).extend(known["names"])

    def first_name(label):
        return (names.get(label) or [None])[0]

    places, routes, (layers, rows) = place(table, edges, dict.fromkeys(table, (0, 0)))
    nodes = [
        {
            **node,
            "saved": [{**s, "tensor": first_name(s["tensor"])} for s in node["saved"]],
            "states": states[label],
            "tensor": first_name(node["tensor"]),
            "names": names.get(node["tensor"]) or owners.get(label, []),
            "former": facts.get(node["tensor"], {}).get("former", []),
            "grad": facts.get(node["tensor"], {}).get("grad"),
            "layer": places[label][0],
            "row": places[label][1],
        }
        for label, node in table.items()
    ]
    return Graph(
        tensors={name: known for known in facts.values() for name in known["names"]},
        nodes=nodes,
        edges=[
            {"from": edge[0], "to": to, "slot": edge[1], "points": [list(p) for p in routes[edge]]}
            for edge, to in edges.items()
        ],
        size={"layers": layers, "rows": rows},
        cut=cut,
    )
