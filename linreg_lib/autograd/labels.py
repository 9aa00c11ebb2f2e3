"""Stable labels for objects that come and go: tensors (t1), their memory (m1), nodes (n1, a1).

An `id()` is used again once its object has died, so none is trusted alone. Only weak references
are held: labelling keeps nothing alive.
"""

import itertools
import weakref

from torch import Tensor
from torch.multiprocessing.reductions import StorageWeakRef

from linreg_lib.autograd.nodes import is_leaf_node

_recordings = itertools.count(1)


class Labels:
    """Labels for one recording, numbered in the order of first sight.

    lasting: whether nodes must be known again at later looks. If not, they are told apart by
    their `id()` and held until the labels die, which leaves no mark on them.
    """

    def __init__(self, lasting: bool = True):
        self._held: dict[int, tuple] | None = None if lasting else {}
        self._tensors: dict[int, tuple[weakref.ref, str]] = {}
        self._memory: dict[int, tuple[StorageWeakRef, str]] = {}
        self._room = 1000
        self._count = {"t": 0, "m": 0, "n": 0}
        # A node's label lies in the node's own metadata and dies with it.
        self._key = f"linreg_lib.label.{next(_recordings)}"

    def _next(self, prefix: str) -> str:
        self._count[prefix] += 1
        return f"{prefix}{self._count[prefix]}"

    def tensor(self, tensor: Tensor) -> str:
        """Return the label of this tensor object, such as "t1"."""
        known = self._tensors.get(id(tensor))
        if known is not None and known[0]() is tensor:
            return known[1]
        label = self._next("t")
        self._tensors[id(tensor)] = (weakref.ref(tensor), label)
        return label

    def memory(self, tensor: Tensor, new: bool = True) -> str | None:
        """Return the label of the tensor's storage, such as "m1"; None if it has none.

        new: whether to give a label to a storage that has none yet.
        """
        try:
            storage = tensor.untyped_storage()
        except (NotImplementedError, RuntimeError):
            return None
        # The storage and not data_ptr(), which would copy a copy-on-write tensor. While the weak
        # reference is held, the address is not given to another storage.
        key = storage._cdata
        if key not in self._memory:
            if not new:
                return None
            if len(self._memory) >= self._room:  # forget the dead now and then
                self._memory = {k: v for k, v in self._memory.items() if not v[0].expired()}
                self._room = 1000 + 2 * len(self._memory)
            self._memory[key] = (StorageWeakRef(storage), self._next("m"))
        return self._memory[key][1]

    def node(self, node) -> str:
        """Return the node's label: "n3", or "a1" for the AccumulateGrad of tensor t1."""
        if is_leaf_node(node):
            # PyTorch makes a leaf's node anew for each graph; to a reader it is the same one.
            return "a" + self.tensor(node.variable).removeprefix("t")
        if self._held is not None:
            if id(node) not in self._held:
                self._held[id(node)] = node, self._next("n")
            return self._held[id(node)][1]
        metadata = node.metadata
        label = metadata.get(self._key)
        if label is None:
            label = metadata[self._key] = self._next("n")
        return label
