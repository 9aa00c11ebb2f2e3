"""Backward, node by node: one call of the engine, filmed.

Hooks on the nodes copy numbers and keep no tensor (a gradient that somebody keeps is cloned by
AccumulateGrad, not stored); they are removed when the call ends.
"""

import contextlib
import math
from functools import partial

from linreg_lib.recording import slopes
from linreg_lib.recording.probe import EngineCall

MAX_NUMBERS = 12  # of a tensor that is shown in full
EDITED = 0.02  # from this difference on, a hook must have done it: half precision rounds by less


class Film:
    """One call of the engine being filmed."""

    def __init__(self, recorder, call: EngineCall, labels: dict):
        self._recorder, self._probe = recorder, recorder.probe
        self._table = recorder.snapshots.nodes
        self._labels = labels  # by node: they live as long as the call
        self._nodes = {label: node for node, label in labels.items()}
        # (node, output) -> [stop, slot] and numbers of each share handed to it
        self._handed: dict[tuple[str, int], list[tuple]] = {}
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
        try:
            for label, node in self._nodes.items():
                enter, leave = partial(self._enter, label), partial(self._leave, label)
                self._handles += self._probe.watch(node, enter, leave)
        except Exception:
            self._unhook()
            raise

    def _unhook(self) -> None:
        for handle in self._handles:
            handle.remove()
        self._handles = []

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
                "incoming": [self._incoming(label, i, *a) for i, a in enumerate(amounts)],
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

    def _incoming(self, label: str, output: int, amount, numbers) -> dict:
        """Return what comes in for one output, with the ways that it came."""
        handed = self._handed.get((label, output), [])
        incoming = {"amount": amount, "ways": [way for way, _ in handed]}
        shares = [share.flat or [] for _, share in handed]
        size = len(numbers.flat or []) if numbers is not None else 0
        known = size > 0 < len(shares) and all(len(share) == size for share in shares)
        if known and label not in self.data["roots"]:
            same = slopes.agree(zip(*shares, strict=True), numbers.flat, EDITED)
            incoming |= {} if same else {"edited": True}
        return incoming

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
                    self._handed.setdefault((to, output), []).append(([number, slot], numbers))
                    if first is not None:
                        passing = slopes.Passing(slot, first, saved, constants, numbers)
                        work, trusted = slopes.work(stop["op"], argument, passing)
                        if not trusted:
                            share["argument"] = None
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
