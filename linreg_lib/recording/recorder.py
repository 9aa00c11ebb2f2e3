"""The recorder behind `trace`: called after each statement, it stores what is new."""

import contextlib
import sys
import threading
import time

from linreg_lib.recording.backward import Films
from linreg_lib.recording.changes import changes
from linreg_lib.recording.expand import join_nodes
from linreg_lib.recording.format import GONE, USUAL
from linreg_lib.recording.frames import Frames
from linreg_lib.recording.names import RESULT
from linreg_lib.recording.probe import Probe
from linreg_lib.recording.snapshot import Snapshots

_UNKNOWN = object()
MAX_PRINTED = 10_000  # characters in all


class Stop(BaseException):
    """Ends a program that has reached a limit; not an Exception, so that few programs catch it."""


class Recorder:
    """Collects the steps of one run."""

    def __init__(self, probe: Probe, program, filename, watch, max_steps, max_seconds):
        self.probe = probe
        self.program = program
        self.max_steps, self.max_seconds = max_steps, max_seconds
        self.frames = Frames(probe, filename, program.names, watch, program.reads_locals)
        self.snapshots = Snapshots(probe)
        self.films = Films(self)
        self.steps: list[dict] = []
        self.lives: dict[str, tuple[int, int]] = {}  # node -> first and last step
        self.cut: dict[str, dict] = {}  # kind -> what was left out (format.Cut)
        self.stopped: dict | None = None  # why a limit ended the program
        self.closed = False
        self.line = 0
        self._thread = threading.get_ident()
        self._busy = False
        self._state = {"tensors": {}, "nodes": {}}
        self._plain = {}, {}
        self._printed: list[str] = []
        self._warnings: list[dict] = []
        self._room = MAX_PRINTED
        self._started = time.monotonic()

    # Called by the program ---------------------------------------------------------------------

    def on_line(self, event: str, line: int) -> None:
        """A statement has run."""
        note = None
        if event == "except":
            caught = sys.exc_info()[1]
            note = {"kind": "caught", "type": type(caught).__name__, "message": text_of(caught)}
            caught = None
        self._record(event, line, sys._getframe(1), note=note)

    def on_value(self, event: str, line: int, value):
        """Pass on the value of a condition or of a return statement."""
        note = None
        if event == "test" and type(value) is bool:
            note = {"kind": "condition", "to": value}
        self._record(event, line, sys._getframe(1), value if event == "return" else None, note)
        return value

    def on_enter(self) -> None:
        """A function or class body starts."""
        if not self.closed:
            self.frames.enter(sys._getframe(1))

    def print(self, text: str) -> None:
        """Keep what the program prints."""
        if self._room < len(text):
            self.cut["printed"] = {"kind": "printed", "limit": MAX_PRINTED}
            text = text[: self._room]
        self._room -= len(text)
        if text:
            self._printed.append(text)

    def warn(self, message, category, line) -> None:
        """Keep a warning."""
        self._warnings.append(
            {"category": category.__name__, "message": str(message), "line": line}
        )

    # Limits ------------------------------------------------------------------------------------

    def check_limits(self) -> None:
        """End the program if it has used up its steps or its time."""
        if self.stopped is None and len(self.steps) > self.max_steps:
            self.stopped = {"reason": "steps", "line": self.line, "limit": self.max_steps}
        if self.stopped is None and self.max_seconds is not None:
            seconds = time.monotonic() - self._started
            if seconds > self.max_seconds:
                self.time_out(seconds)
        if self.stopped is not None:
            raise Stop  # again at each line, should the program have caught it

    def time_out(self, seconds: float) -> None:
        """Note that the time is over."""
        self.stopped = {"reason": "seconds", "line": self.line, "limit": self.max_seconds}
        if seconds > self.max_seconds + 0.5:  # one call could not be interrupted
            self.stopped["seconds"] = round(seconds, 1)

    @property
    def busy(self) -> bool:
        """Whether a snapshot is being taken right now."""
        return self._busy

    def looks_here(self) -> bool:
        """Tell whether what happens now is to be recorded."""
        return not (self.closed or self._busy) and threading.get_ident() == self._thread

    @contextlib.contextmanager
    def at_work(self):
        """Mark that the recorder is looking: no limit interrupts it, and it records nothing."""
        before, self._busy = self._busy, True
        try:
            yield
        finally:
            self._busy = before

    # Recording ---------------------------------------------------------------------------------

    def _record(self, event, line, frame, returned=None, note=None) -> None:
        if self.closed or self._busy:
            return
        if threading.get_ident() != self._thread:
            self.cut["threads"] = {"kind": "threads"}
            return
        self.line = line
        self.check_limits()
        self._busy = True
        try:
            self.add(event, line, self.frames.stack(frame), returned, note)
        finally:
            self._busy = False
            frame = None

    def start(self, namespace: dict) -> None:
        """Record the state before the first line."""
        named = []
        self.frames.look_in(namespace, "", named)
        self._add({"line": 0, "event": "start", "frame": "<module>"}, named)

    def add(self, event, line, stack, returned=None, note=None) -> None:
        """Record the state that these frames see."""
        named = self.frames.tensors(stack)
        labels = [self.frames.label(f) for f in stack]
        here = labels[-1] if labels else "<module>"
        if returned is not None:
            self.frames.look_at(RESULT, returned, here, named)
        step = {"line": line, "event": event, "frame": here}
        if len(stack) > 1:
            step["callers"] = [[self.frames.label(f), f.f_lineno] for f in stack[:-1]]
        self._add(step, named, note)

    def finish(self) -> None:
        """Keep what was printed or warned after the last line."""
        last = self.steps[-1]
        if self._printed:
            last["printed"] = last.get("printed", "") + "".join(self._printed)
        if self._warnings:
            last["warnings"] = last.get("warnings", []) + self._warnings

    def _add(self, step, named, note=None) -> None:
        """Take a snapshot and store what is new in it."""
        tensors, nodes = self.snapshots.take(named)
        old_tensors, old_nodes = self._plain
        self._put(step, "tensors", _changes(old_tensors, tensors, usual=USUAL))
        self._put(step, "nodes", _changes(old_nodes, nodes))
        self._put(step, "printed", "".join(self._printed))
        self._put(step, "warnings", self._warnings)
        films, arrived = self.films.take()
        self._put(step, "films", films)
        now = len(self.steps)
        for label in [*nodes, *(label for film in films for label in film["nodes"])]:
            self.lives[label] = (self.lives.get(label, (now,))[0], now)
        state = {**step, "tensors": tensors, "nodes": join_nodes(self.snapshots.nodes, nodes)}
        told = [] if note is None else [note]
        self._put(step, "changed", told + changes(self._state, state, arrived))
        self._state, self._plain = state, (tensors, nodes)
        self._printed, self._warnings = [], []
        self.steps.append(step)

    @staticmethod
    def _put(step, key, value):
        if value:
            step[key] = value


def text_of(error: BaseException) -> str:
    """Return an exception's message; a class of the program may fail to give one."""
    try:
        return str(error)
    except Exception:
        return "(no message)"


def _changes(old: dict, new: dict, usual: dict | None = None) -> dict:
    """Return what must be told to make `old` into `new`; a key that left is GONE."""
    changes = {key: GONE for key in old if key not in new}
    for key, value in new.items():
        if key in old and old[key] == value:
            continue
        if usual is not None:  # of a tensor tell only the facts that are new
            before = old.get(key, usual)
            value = {k: v for k, v in value.items() if before.get(k, _UNKNOWN) != v}
        changes[key] = value
    return changes
