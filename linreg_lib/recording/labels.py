"""Stable labels for objects that come and go: tensors (t1), their memory (m1), nodes (n1, a1).

An `id()` is used again once its object has died, so none is trusted alone. Only weak references
are held: labelling keeps nothing alive.
"""

import itertools
import weakref

from linreg_lib.recording.probe import Probe

_recordings = itertools.count(1)


class Labels:
    """Labels for one recording, numbered in the order of first sight.

    lasting: whether nodes must be known again at later looks. If not, they are told apart by
    their `id()` and held until the labels die, which leaves no mark on them.
    """

    def __init__(self, probe: Probe, lasting: bool = True):
        self._probe = probe
        self._held: dict[int, tuple] | None = None if lasting else {}
        self._tensors: dict[int, tuple[weakref.ref, str]] = {}
        self._memory: dict[int, tuple] = {}
        self._room = 1000
        self._count = {"t": 0, "m": 0, "n": 0}
        # A node's label lies among the node's own marks and dies with it.
        self._key = f"linreg_lib.label.{next(_recordings)}"

    def _next(self, prefix: str) -> str:
        self._count[prefix] += 1
        return f"{prefix}{self._count[prefix]}"

    def tensor(self, tensor) -> str:
        """Return the label of this tensor object, such as "t1"."""
        known = self._tensors.get(id(tensor))
        if known is not None and known[0]() is tensor:
            return known[1]
        label = self._next("t")
        self._tensors[id(tensor)] = (weakref.ref(tensor), label)
        return label

    def memory(self, tensor, new: bool = True) -> str | None:
        """Return the label of the tensor's storage, such as "m1"; None if it has none.

        new: whether to give a label to a storage that has none yet.
        """
        storage = self._probe.storage(tensor)
        if storage is None:
            return None
        # While it is weakly held, the address is not given to another storage.
        key = self._probe.address(storage)
        if key not in self._memory:
            if not new:
                return None
            if len(self._memory) >= self._room:  # forget the dead now and then
                self._memory = {k: v for k, v in self._memory.items() if not v[0].expired()}
                self._room = 1000 + 2 * len(self._memory)
            self._memory[key] = (self._probe.hold(storage), self._next("m"))
        return self._memory[key][1]

    def node(self, node) -> str:
        """Return the node's label: "n3", or "a1" for the AccumulateGrad of tensor t1."""
        variable = self._probe.variable(node)
        if variable is not None:
            # PyTorch makes a leaf's node anew for each graph; to a reader it is the same one.
            return "a" + self.tensor(variable).removeprefix("t")
        if self._held is not None:
            if id(node) not in self._held:
                self._held[id(node)] = node, self._next("n")
            return self._held[id(node)][1]
        marks = self._probe.marks(node)
        label = marks.get(self._key)
        if label is None:
            label = marks[self._key] = self._next("n")
        return label
