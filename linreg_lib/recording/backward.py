"""What backward did in a statement: which leaves a gradient reached, and its films.

Each call of the engine is watched, so that nothing need be guessed from the text of a line.
"""

import contextlib
import sys
from dataclasses import dataclass

from linreg_lib.recording.film import Film
from linreg_lib.recording.probe import EngineCall

MAX_FILMS = 4  # of one line
MAX_NODES = 150  # of one film
MAX_STOPS = 500  # of a whole recording


@dataclass
class Arrival:
    """What backward did to the gradient of one leaf, in one statement."""

    way: str  # "stored" or "added"
    before: str | None  # the gradient as text
    value: str | None
    digest: str | None
    tensor: str  # label of .grad
    times: int = 1

    def facts(self) -> dict:
        """Return the gradient as facts of its leaf."""
        return {
            "grad": "value",
            "grad_value": self.value,
            "grad_digest": self.digest,
            "grad_tensor": self.tensor,
        }


class Films:
    """Watches the engine during one recording, and keeps what the next step is to tell."""

    def __init__(self, recorder):
        self._recorder = recorder
        self._probe, self._snapshots = recorder.probe, recorder.snapshots
        self._films: list[dict] = []
        self._arrived: dict[str, Arrival] = {}
        self._of_line: dict[int, int] = {}
        self._stops = 0

    def take(self) -> tuple[list[dict], dict[str, Arrival]]:
        """Return the films and arrivals since the last time."""
        films, arrived = self._films, self._arrived
        self._films, self._arrived = [], {}
        return films, arrived

    def around(self, call: EngineCall, run):
        """Stand for one call of the engine."""
        if not self._recorder.looks_here():
            return run()
        film, before = None, {}
        with self._looking():
            before = self._gradients()
            film = self._begin(call, before)
        result, failed = None, True
        try:
            result = run()
            failed = False
        finally:
            with self._looking():
                if film is not None:
                    self._keep(film.end(result, failed))
                self._arrivals(before)
        return result

    def _keep(self, film: dict) -> None:
        self._stops += len(film["stops"])
        if not film["complete"]:
            self._snapshots.leave_out("films-unread")
        if film["complete"] or film["stops"]:
            self._films.append(film)

    @contextlib.contextmanager
    def _looking(self):
        """Look; what goes wrong in looking is none of the program's business."""
        with self._recorder.at_work(), self._probe.looking():
            try:
                yield
            except Exception:
                self._snapshots.leave_out("films-unread")

    # Which leaves a gradient reaches ------------------------------------------------------------

    def _gradients(self) -> dict:
        """Return {label: gradient as it is} of the leaves known."""
        found = {}
        for label, reference in self._snapshots.leaves.items():
            leaf = reference()
            if leaf is not None:
                found[label] = self._snapshots.gradient(leaf)
        return found

    def _arrivals(self, before: dict) -> None:
        for label, was in before.items():
            leaf = self._snapshots.leaf(label)
            now = None if leaf is None else self._snapshots.gradient(leaf)
            # In place the version counts; otherwise it is a new object.
            if now is None or (was is not None and was[0] == now[0]):
                continue
            (grad, digest, _), text = now
            self._snapshots.gradient_came(label, leaf, now[0])
            earlier = self._arrived.get(label)
            if earlier is not None:
                earlier.value, earlier.digest, earlier.tensor = text, digest, grad
                earlier.times += 1
            else:
                way, text_before = ("stored", None) if was is None else ("added", was[1])
                self._arrived[label] = Arrival(way, text_before, text, digest, grad)

    # The film -----------------------------------------------------------------------------------

    def _begin(self, call: EngineCall, gradients: dict):
        line = self._line()
        count = self._of_line.get(line, 0)
        if count >= MAX_FILMS or self._stops >= MAX_STOPS:
            self._snapshots.leave_out("films", MAX_FILMS)
            return None
        nodes, whole = self._snapshots.walk(call.roots, MAX_NODES)
        if not nodes:
            return None
        if not whole:
            self._snapshots.leave_out("film-nodes", MAX_NODES)
            return None
        labels, _, leaves = self._snapshots.graph(nodes)
        if not labels:
            return None
        self._of_line[line] = count + 1
        for label, leaf in leaves.items():
            if label not in gradients:
                gradients[label] = self._snapshots.gradient(leaf)
                self._snapshots.know_leaf(label, leaf)
        film = Film(self._recorder, call, labels)
        film.start()
        return film

    def _line(self) -> int:
        """Return the line of the program that called the engine."""
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self._recorder.frames.filename:
                return frame.f_lineno
            frame = frame.f_back
        return 0
