"""Which tensors a running program's names refer to, frame by frame."""

import inspect
import sys

from torch import Tensor

MAX_ITEMS = 16  # of one list
MAX_FRAMES = 12  # of one call stack


class Frames:
    """Labels for the program's frames: "<module>", "sgd #2" (the second call of sgd)."""

    def __init__(self, filename: str, names: set[str], watch: set[str] | None, keep_locals: bool):
        self.filename = filename
        self.names = names
        self.watch = watch
        self.keep_locals = keep_locals
        self.cut: dict[str, None] = {}
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
            self.cut[f"Of calls nested deeper than {MAX_FRAMES}, the middle is left out."] = None
            half = MAX_FRAMES // 2
            found = found[:half] + found[-half:]
        return found

    def tensors(self, stack) -> list[tuple[str, Tensor]]:
        """Return (name, tensor) for all names in these frames; names in functions say which."""
        found = []
        for frame in stack:
            variables = frame.f_locals
            module = frame.f_code.co_name == "<module>"
            self.look_in(variables, "" if module else f" ({self.label(frame)})", found)
            # Python 3.11 and 3.12 cache a function's locals in the frame: drop them, or its old
            # tensors would live as long as the call.
            cached = type(variables) is dict and frame.f_code.co_flags & inspect.CO_OPTIMIZED
            if cached and sys.version_info < (3, 13) and not self.keep_locals:
                variables.clear()
        return found

    def look_in(self, variables, where: str, found: list) -> None:
        """Add the tensors of one namespace to `found`."""
        wanted = self.names if self.watch is None else self.watch
        for name, value in list(variables.items()):
            if name in wanted and not name.startswith("__"):
                self.look_at(name, value, where, found)

    def look_at(self, name: str, value, where: str, found: list, depth: int = 0) -> None:
        """Add this value if it is a tensor, or the tensors in a list, tuple or dictionary."""
        if isinstance(value, Tensor):
            found.append((name + where, value))
        # Exact types only: a subclass could run code of the program when read.
        elif depth < 2 and type(value) in (list, tuple):
            if len(value) > MAX_ITEMS:
                self.cut[f"Of lists longer than {MAX_ITEMS}, the last elements are recorded."] = (
                    None
                )
            start = max(len(value) - MAX_ITEMS, 0)
            for i in range(start, len(value)):
                self.look_at(f"{name}[{i}]", value[i], where, found, depth + 1)
        elif depth < 2 and type(value) is dict:
            if len(value) > MAX_ITEMS:
                self.cut[f"Of dictionaries longer than {MAX_ITEMS}, the first are recorded."] = None
            for key, item in list(value.items())[:MAX_ITEMS]:
                if type(key) in (str, int):
                    self.look_at(f"{name}[{key!r}]", item, where, found, depth + 1)
