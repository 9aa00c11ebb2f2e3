"""Run a program line by line and record what autograd does (book: Inside autograd)."""

import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from linreg_lib.autograd.graph import Graph, graph_of_step
from linreg_lib.autograd.probe import PROBE
from linreg_lib.recording.expand import expand
from linreg_lib.recording.record import record
from linreg_lib.recording.sentences import say, say_cut, say_end


@dataclass(frozen=True)
class Trace:
    """A recording: the steps of a program, as plain data (`linreg_lib.recording.format`).

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

    def changed(self, k: int) -> list[str]:
        """Say what changed at step k: "w.grad: None → [2., 2.], stored"."""
        return [say(fact) for fact in self.data["steps"][k].get("changed", [])]

    def graph(self, k: int) -> Graph:
        """Return the graph at step k, to be drawn or read."""
        return graph_of_step(self.data, self.step(k))

    @property
    def error(self) -> dict | None:
        """The exception that ended the program: type, message, line, lines; or None."""
        return self.data["error"]

    @property
    def ended(self) -> dict:
        """Why it ended: reason ("end", "error", "syntax", "steps", "seconds"), line, message."""
        return {**self.data["ended"], "message": say_end(self.data)}

    @property
    def printed(self) -> str:
        """All that the program printed."""
        return "".join(step.get("printed", "") for step in self.data["steps"])

    @property
    def cut(self) -> list[str]:
        """What was left out, in words."""
        return [say_cut(cut) for cut in self.data["cut"]]

    def __repr__(self) -> str:
        return f"<Trace: {len(self) - 1} steps, ended: {self.ended['reason']}>"


def trace(
    code: str,
    namespace: dict | None = None,
    *,
    watch: Iterable[str] | None = None,
    max_steps: int = 500,
    max_seconds: float | None = None,
    on_error: Callable[[BaseException], object] | None = None,
) -> Trace:
    """Run a program as it would really run and record every tensor and the graph at each line.

    Args:
        code: Python source.
        namespace: the names it starts with; changed as `exec` would change it. None: no names.
        watch: record only tensors under these names; None for all names that the code mentions.
        max_steps: end the program after so many lines.
        max_seconds: end it after so many seconds. A single call into compiled code cannot be
            interrupted: it is ended afterwards, and the recording says so.
        on_error: called with the exception that ends the program, its source at hand for whoever
            explains it; the recording has its data alone.

    Returns:
        Trace. What the program prints and warns becomes part of it; so does an exception that it
        does not catch, and the recording ends there.

    Raises:
        TypeError, ValueError: for arguments that cannot be used. KeyboardInterrupt passes through.
    """
    _check(code, namespace, watch, max_steps, max_seconds)
    watch = None if watch is None else set(watch)
    namespace = {} if namespace is None else namespace
    return Trace(record(code, namespace, PROBE, watch, max_steps, max_seconds, on_error))


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
