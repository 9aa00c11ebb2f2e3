"""Backward, node by node: what the engine does in each of its calls, and which leaves it reaches.

Hooks on the nodes copy numbers and keep no tensor (a gradient that somebody keeps is cloned by
AccumulateGrad, not stored); they are removed when the call ends.
"""

import contextlib
import math
import sys
from dataclasses import dataclass
from functools import partial

from linreg_lib.recording import slopes
from linreg_lib.recording.probe import EngineCall

MAX_FILMS = 4  # of one line
MAX_NODES = 150  # of one film
MAX_STOPS = 500  # of a whole recording
MAX_NUMBERS = 12  # of a tensor that is shown in full


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
        with self._recorder.at_work(), self._probe.looking():
            yield

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
        nodes, whole = self._snapshots.walk(call.roots, MAX_NODES)
        if not nodes:
            return None
        if not whole:
            self._snapshots.leave_out("film-nodes", MAX_NODES)
            return None
        line = self._line()
        count = self._of_line.get(line, 0)
        if count >= MAX_FILMS or self._stops + len(nodes) > MAX_STOPS:
            self._snapshots.leave_out("films", MAX_FILMS)
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


class Film:
    """One call of the engine being filmed."""

    def __init__(self, recorder, call: EngineCall, labels: dict):
        self._recorder, self._probe = recorder, recorder.probe
        self._table = recorder.snapshots.nodes
        self._labels = labels  # by node: they live as long as the call
        self._nodes = {label: node for node, label in labels.items()}
        self._handed: dict[tuple[str, int], list] = {}  # (node, output) -> [[stop, slot], ...]
        self._open: dict[str, tuple] = {}  # node -> its stop's number and what was read
        self._fills = call.fills
        self.data = {
            "call": "backward" if call.fills else "grad",
            "roots": [labels[node] for node in call.roots if node in labels],
            "nodes": list(labels.values()),
            "keep_graph": call.keep_graph,
            "create_graph": call.create_graph,
            "stops": [],
            "returned": None,
            "error": False,
            "complete": True,
        }
        self._handles: list = []

    def start(self) -> None:
        """Put the hooks on."""
        for label, node in self._nodes.items():
            enter, leave = partial(self._enter, label), partial(self._leave, label)
            self._handles += self._probe.watch(node, enter, leave)

    def end(self, result, failed: bool) -> dict:
        """Take the hooks off and return the film."""
        for handle in self._handles:
            handle.remove()
        for stop in self.data["stops"]:
            if not stop["saved"]:
                continue
            states = {s.name: s.state for s in self._probe.saved(self._nodes[stop["node"]])}
            for saved in stop["saved"]:
                saved["freed"] = states.get(saved["name"], "freed") == "freed"
        stops = self.data["stops"]
        if not failed or not self.data["complete"]:  # else the error was raised at an open stop
            opened = (i for i, stop in enumerate(stops) if stop["outgoing"] is None)
            del stops[next(opened, len(stops)) :]
        self.data["error"] = failed
        if not self._fills and not failed:
            try:
                self.data["returned"] = [self._amount(t)[0] for t in result]
            except (RuntimeError, TypeError, NotImplementedError):
                self.data["complete"] = False
        self._labels, self._nodes, self._handles = {}, {}, []
        return self.data

    def _enter(self, label: str, incoming) -> None:
        """Note what comes in: a hook of the node, called by the engine."""
        with self._guarded() as going:
            if not going:
                return
            node, table = self._nodes[label], self._table[label]
            amounts = [self._amount(t) for t in incoming]
            constants = self._probe.constants(node)
            named = {s["name"]: s["tensor"] for s in table["saved"]}
            saved, numbers = [], {}
            for one in self._probe.saved(node):
                if one.state == "alive":
                    amount, read = self._amount(one.tensor)
                    if read is not None:
                        numbers[one.name] = read
                    tensor = named.get(one.name)
                    saved.append({"name": one.name, "tensor": tensor, "amount": amount})
            stop = {
                "node": label,
                "op": slopes.operation(table["name"], constants),
                "incoming": [
                    {"amount": amount, "ways": self._handed.get((label, i), [])}
                    for i, (amount, _) in enumerate(amounts)
                ],
                "outgoing": None,
                "saved": saved,
                "constants": _told(constants),
            }
            before = None
            variable = self._probe.variable(node)
            if variable is not None:
                before = self._amount(self._probe.gradient(variable))[0]
            first = amounts[0][1] if amounts else None
            self._open[label] = len(self.data["stops"]), first, numbers, constants, before
            self.data["stops"].append(stop)

    def _leave(self, label: str, outgoing, incoming) -> None:
        """Note what goes out: a hook of the node, called by the engine."""
        with self._guarded() as going:
            if not going:
                return
            number, first, saved, constants, before = self._open.pop(label)
            node, stop = self._nodes[label], self.data["stops"][number]
            shares = []
            for slot, child, output in self._probe.inputs(node):
                to = self._labels.get(child)
                if to is None or slot >= len(outgoing):
                    continue
                amount, numbers = self._amount(outgoing[slot])
                argument = slopes.argument(self._table[label]["name"], slot)
                share = {"slot": slot, "to": to, "amount": amount, "argument": argument}
                if amount is not None:
                    self._handed.setdefault((to, output), []).append([number, slot])
                    if first is not None:
                        passing = slopes.Passing(slot, first, saved, constants, numbers)
                        work = slopes.work(stop["op"], argument, passing)
                        if work is not None:
                            share["work"] = [[[_text(x) for x in p] for p in s] for s in work]
                shares.append(share)
            if stop["op"] == "mean" and first is not None and shares:
                parts = math.prod(shares[0]["amount"]["shape"]) // math.prod(first.shape)
                stop["constants"]["parts"] = str(parts)
            variable = self._probe.variable(node)
            if variable is not None:
                stop["share"] = {
                    "tensor": self._table[label]["tensor"],
                    "way": "stored" if before is None else "added",
                    "before": before,
                    "after": self._amount(self._probe.gradient(variable))[0],
                }
            stop["outgoing"] = shares

    @contextlib.contextmanager
    def _guarded(self):
        """Look while the engine runs: nothing that goes wrong here may reach the program."""
        with self._recorder.at_work(), self._probe.looking():
            try:
                yield self.data["complete"]
            except Exception:
                self.data["complete"] = False

    def _amount(self, tensor) -> tuple[dict | None, slopes.Numbers | None]:
        """Return a tensor's numbers as they are told and as they are."""
        if tensor is None:
            return None, None
        shape, numbers, norm = self._probe.numbers(tensor, MAX_NUMBERS)
        if numbers is None:
            return {"shape": shape, "norm": _text(norm)}, slopes.Numbers(shape, None)
        told = {"shape": shape, "numbers": [_text(x) for x in numbers]}
        return told, slopes.Numbers(shape, numbers)


def _text(x) -> str:
    return f"{x if x else 0:.4g}"


def _told(constants: dict) -> dict[str, str]:
    """Keep the numbers of the operation itself that a sentence may need."""
    numbers = {k: v for k, v in constants.items() if type(v) in (int, float)}
    return {
        k: _text(v)
        for k, v in numbers.items()
        if k in ("exponent", "other") or (k in ("alpha", "beta") and v != 1)
    }
