"""Which tensors a running program's names refer to, frame by frame."""

import inspect
import sys

from linreg_lib.recording.names import is_optimizer, reach, within
from linreg_lib.recording.probe import Probe

MAX_FRAMES = 12  # of one call stack


class Frames:
    """Labels for the program's frames: "<module>", "sgd #2" (the second call of sgd)."""

    def __init__(
        self,
        probe: Probe,
        filename: str,
        names: set[str],
        watch: set[str] | None,
        keep_locals: bool,
    ):
        self._is_tensor = _remembered(probe.is_tensor)
        self.filename = filename
        self.names = names
        self.watch = watch
        self.keep_locals = keep_locals
        self.cut: dict[str, dict] = {}  # kind -> what was left out (format.Cut)
        self._calls: dict[str, int] = {}
        self._labels: dict[int, str] = {}

    def enter(self, frame) -> None:
        """Count the call that starts in this frame. Each call does so first, so ids are safe."""
        name = frame.f_code.co_name
        self._calls[name] = self._calls.get(name, 0) + 1
        self._labels[id(frame)] = f"{name} #{self._calls[name]}"

    def label(self, frame) -> str:
        """Return the frame's label."""
        if frame.f_code.co_name == "<module>":
            return "<module>"
        return self._labels.get(id(frame), frame.f_code.co_name)

    def stack(self, frame) -> list:
        """Return the program's own frames from the outermost to `frame`."""
        found = []
        while frame is not None:
            found.append(frame)
            frame = frame.f_back
        return self.own(reversed(found))

    def own(self, frames) -> list:
        """Keep the program's own frames among these; comprehensions hold no statements."""
        found = [
            f
            for f in frames
            if f.f_code.co_filename == self.filename
            and (f.f_code.co_name == "<module>" or not f.f_code.co_name.startswith("<"))
        ]
        if len(found) > MAX_FRAMES:
            self._leave_out("calls", MAX_FRAMES)
            half = MAX_FRAMES // 2
            found = found[:half] + found[-half:]
        return found

    def tensors(self, stack) -> list[tuple]:
        """Return (name, tensor) for all names in these frames; names in functions say which."""
        found = []
        for frame in stack:
            variables = frame.f_locals
            module = frame.f_code.co_name == "<module>"
            self.look_in(variables, "" if module else self.label(frame), found)
            # Python 3.11 and 3.12 cache a function's locals in the frame: drop them, or its old
            # tensors would live as long as the call.
            cached = type(variables) is dict and frame.f_code.co_flags & inspect.CO_OPTIMIZED
            if cached and sys.version_info < (3, 13) and not self.keep_locals:
                variables.clear()
        return found

    def look_in(self, variables, call: str, found: list) -> None:
        """Add the tensors of a namespace to `found`: that of a call, or of the module (call "")."""
        wanted = self.names if self.watch is None else self.watch
        optimizers = []
        for name, value in list(variables.items()):
            if name in wanted and not name.startswith("__"):
                if self._is_tensor(type(value)):  # the usual thing first: this runs at each line
                    found.append((within(name, call), value))
                elif is_optimizer(value):
                    optimizers.append((name, value))
                else:
                    self.look_at(name, value, call, found)
        for name, value in optimizers:  # only of what has no better name
            known = {id(tensor) for _, tensor in found}
            held: list = []
            self.look_at(name, value, call, held)
            found += [(path, tensor) for path, tensor in held if id(tensor) not in known]

    def look_at(self, name: str, value, call: str, found: list) -> None:
        """Add all tensors that this value leads to."""
        for path, tensor in reach(name, value, self._is_tensor, self._leave_out):
            found.append((within(path, call), tensor))

    def _leave_out(self, kind: str, limit: int) -> None:
        self.cut[kind] = {"kind": kind, "limit": limit}


def _remembered(is_tensor):
    """Ask only once of each class."""
    known: dict[type, bool] = {}

    def ask(kind):
        if kind not in known:
            known[kind] = is_tensor(kind)
        return known[kind]

    return ask
