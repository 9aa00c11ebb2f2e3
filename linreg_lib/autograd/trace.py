"""Run a program line by line and record what autograd does (book: Inside autograd)."""

import copy
import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass

from linreg_lib.autograd import rewrite
from linreg_lib.autograd.graph import Graph, build
from linreg_lib.autograd.layout import place
from linreg_lib.autograd.recorder import GONE, USUAL, Recorder, join_nodes
from linreg_lib.autograd.run import run

_numbers = itertools.count(1)
DEFAULTS = {"callers": [], "tensors": {}, "nodes": {}, "printed": "", "warnings": [], "changed": []}


@dataclass(frozen=True)
class Trace:
    """A recording: the steps of a program, as plain data.

    `len(trace)` counts its steps, `trace.step(k)` gives one in full (step 0 is the state before
    the first line, -1 the last one), `to_dict()` the whole as JSON-able data in which unchanged
    parts are stored once.
    """

    data: dict

    def to_dict(self) -> dict:
        """Return the recording as plain data."""
        return copy.deepcopy(self.data)

    def to_json(self) -> str:
        """Return the recording as compact JSON."""
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))

    def __len__(self) -> int:
        return len(self.data["steps"])

    def step(self, k: int) -> dict:
        """Return the full state at step k; negative k counts from the end."""
        return expand(self.data, k)

    def graph(self, k: int) -> Graph:
        """Return the graph at step k, to be drawn or read."""
        state = self.step(k)
        table = {node["id"]: node for node in self.data["nodes"]}
        edges = {(e["from"], e["slot"]): e["to"] for e in self.data["edges"]}
        states = {label: list(node["saved"].values()) for label, node in state["nodes"].items()}
        return build(state["tensors"], table, edges, states, list(self.cut))

    @property
    def error(self) -> dict | None:
        """The exception that ended the program: type, message, line, lines; or None."""
        return self.data["error"]

    @property
    def ended(self) -> dict:
        """Why the recording ended: reason ("end", "error", "steps", "seconds"), line, message."""
        return self.data["ended"]

    @property
    def printed(self) -> str:
        """All that the program printed."""
        return "".join(step.get("printed", "") for step in self.data["steps"])

    @property
    def cut(self) -> list[str]:
        """What was left out, in words."""
        return self.data["cut"]

    def __repr__(self) -> str:
        return f"<Trace: {len(self) - 1} steps, ended: {self.ended['reason']}>"


def expand(data: dict, k: int) -> dict:
    """Return step k of `Trace.to_dict()` in full: every field, all tensors, all nodes."""
    steps = data["steps"]
    if not -len(steps) <= k < len(steps):
        raise IndexError(
            f"a step must lie between 0 and {len(steps) - 1}; got {k}. Write trace.step(-1)."
        )
    k %= len(steps)
    tensors, states = {}, {}
    for step in steps[: k + 1]:
        for label, change in step.get("tensors", {}).items():
            if change == GONE:
                del tensors[label]
            else:
                tensors[label] = {**data["usual"], **tensors.get(label, {}), **change}
        for label, change in step.get("nodes", {}).items():
            if change == GONE:
                del states[label]
            else:
                states[label] = change
    table = {node["id"]: node for node in data["nodes"]}
    full = {**copy.deepcopy(DEFAULTS), **copy.deepcopy(steps[k]), "index": k}
    full["methods"] = data["methods"].get(str(full["line"]), [])
    full["tensors"] = copy.deepcopy(tensors)
    full["nodes"] = join_nodes(table, states)
    return full


def trace(
    code: str,
    namespace: dict | None = None,
    *,
    watch: Iterable[str] | None = None,
    max_steps: int = 500,
    max_seconds: float | None = None,
) -> Trace:
    """Run a program as it would really run and record every tensor and the graph at each line.

    Args:
        code: Python source.
        namespace: the names it starts with; changed as `exec` would change it. None: no names.
        watch: record only tensors under these names; None for all names that the code mentions.
        max_steps: end the program after so many lines.
        max_seconds: end it after so many seconds. A single call into compiled code cannot be
            interrupted: it is ended afterwards, and the recording says so.

    Returns:
        Trace. What the program prints and warns becomes part of it; so does an exception that it
        does not catch, and the recording ends there.

    Raises:
        TypeError, ValueError: for arguments that cannot be used. KeyboardInterrupt passes through.
    """
    _check(code, namespace, watch, max_steps, max_seconds)
    filename = f"<trace {next(_numbers)}>"
    try:
        program = rewrite.Program(code, filename)
    except SyntaxError as error:
        return Trace(_not_a_program(code, error))
    watch = None if watch is None else set(watch)
    recorder = Recorder(program, filename, watch, max_steps, max_seconds)
    namespace = {} if namespace is None else namespace
    error = run(program, namespace, recorder)
    return Trace(_data(code, recorder, error))


def _check(code, namespace, watch, max_steps, max_seconds):
    if not isinstance(code, str):
        raise TypeError(f"code must be a string of Python; got {type(code).__name__}.")
    if namespace is not None and type(namespace) is not dict:
        raise TypeError(
            f"namespace must be a dictionary; got {type(namespace).__name__}. "
            "Write namespace={'X': X}."
        )
    if isinstance(watch, str):
        raise TypeError(f"watch must be a list of names; got {watch!r}. Write watch=[{watch!r}].")
    if type(max_steps) is not int or max_steps < 1:
        raise ValueError(f"max_steps must be an integer >= 1; got {max_steps!r}.")
    if max_seconds is not None and not max_seconds > 0:
        raise ValueError(f"max_seconds must be positive or None; got {max_seconds!r}.")


def _ended(recorder, error) -> dict:
    if error is not None:
        message = f"{error['type']}: {error['message']}"
        return {"reason": "error", "line": error["line"], "message": message}
    if recorder.stopped is not None:
        return recorder.stopped
    return {"reason": "end", "line": recorder.line, "message": ""}


def _data(code, recorder, error) -> dict:
    shots = recorder.snapshots
    places, routes, (layers, rows) = place(shots.nodes, shots.edges, recorder.lives)
    nodes = [
        {**node, "layer": places[label][0], "row": places[label][1]}
        for label, node in shots.nodes.items()
    ]
    edges = [
        {"from": edge[0], "to": to, "slot": edge[1], "points": [list(p) for p in routes[edge]]}
        for edge, to in shots.edges.items()
    ]
    methods = recorder.program.methods
    return {
        "version": 1,
        "code": code,
        "usual": USUAL,
        "ended": _ended(recorder, error),
        "error": error,
        "steps": recorder.steps,
        "nodes": nodes,
        "edges": edges,
        "size": {"layers": layers, "rows": rows},
        "methods": {str(line): sorted(names) for line, names in methods.items() if names},
        "cut": [*recorder.frames.cut, *shots.cut, *recorder.cut],
    }


def _not_a_program(code, error: SyntaxError) -> dict:
    line = error.lineno or 1
    text = f"{type(error).__name__}: {error.msg}"
    return {
        "version": 1,
        "code": code,
        "usual": USUAL,
        "ended": {"reason": "syntax", "line": line, "message": text},
        "error": {
            "type": type(error).__name__,
            "message": error.msg,
            "line": line,
            "lines": [line],
        },
        "steps": [{"line": 0, "event": "start", "frame": "<module>"}],
        "nodes": [],
        "edges": [],
        "size": {"layers": 0, "rows": 0},
        "methods": {},
        "cut": [],
    }
