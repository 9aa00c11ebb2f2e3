"""Run a program under the recorder and put its recording together."""

import itertools
import linecache
from collections.abc import Callable

from linreg_lib.recording import rewrite
from linreg_lib.recording.format import USUAL, VERSION
from linreg_lib.recording.layout import place
from linreg_lib.recording.probe import Probe
from linreg_lib.recording.recorder import Recorder
from linreg_lib.recording.run import run

_numbers = itertools.count(1)


def record(
    code: str,
    namespace: dict,
    probe: Probe,
    watch: set[str] | None,
    max_steps: int,
    max_seconds: float | None,
    on_error: Callable[[BaseException], object] | None = None,
) -> dict:
    """Return the recording (`format.Recording`) of a program that runs in the namespace.

    watch: names to look at; None for all that the code mentions.
    on_error: called with the exception that ends it, while Python knows the program's source.
    """
    filename = f"<trace {next(_numbers)}>"
    try:
        program = rewrite.Program(code, filename)
    except SyntaxError as error:
        return _not_a_program(code, probe, error)
    recorder = Recorder(probe, program, filename, watch, max_steps, max_seconds)
    lines = code.splitlines(keepends=True)
    linecache.cache[filename] = (len(code), None, lines, filename)
    try:
        error = run(program, namespace, recorder, on_error)
    finally:
        linecache.cache.pop(filename, None)
    shots = recorder.snapshots
    # A walk of backward that was not kept may have met nodes that no step tells of.
    table = {label: node for label, node in shots.nodes.items() if label in recorder.lives}
    joined = {edge: to for edge, to in shots.edges.items() if edge[0] in table and to in table}
    places, routes, (layers, rows) = place(table, joined, recorder.lives)
    nodes = [
        {**node, "layer": places[label][0], "row": places[label][1]}
        for label, node in table.items()
    ]
    edges = [
        {"from": edge[0], "to": to, "slot": edge[1], "points": [list(p) for p in routes[edge]]}
        for edge, to in joined.items()
    ]
    cut = {**recorder.frames.cut, **shots.cut, **recorder.cut}
    return {
        "version": VERSION,
        "engine": probe.engine,
        "code": code,
        "usual": USUAL,
        "ended": _ended(recorder, error),
        "error": error,
        "steps": recorder.steps,
        "nodes": nodes,
        "edges": edges,
        "size": {"layers": layers, "rows": rows},
        "cut": list(cut.values()),
    }


def _ended(recorder, error) -> dict:
    if error is not None:
        return {"reason": "error", "line": error["line"]}
    if recorder.stopped is not None:
        return recorder.stopped
    return {"reason": "end", "line": recorder.line}


def _not_a_program(code, probe, error: SyntaxError) -> dict:
    line = error.lineno or 1
    name = type(error).__name__
    return {
        "version": VERSION,
        "engine": probe.engine,
        "code": code,
        "usual": USUAL,
        "ended": {"reason": "syntax", "line": line},
        "error": {"type": name, "message": error.msg, "line": line, "lines": [line]},
        "steps": [{"line": 0, "event": "start", "frame": "<module>"}],
        "nodes": [],
        "edges": [],
        "size": {"layers": 0, "rows": 0},
        "cut": [],
    }
