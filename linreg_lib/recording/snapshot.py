"""What can be seen at one moment: the named tensors, and the graph reachable from them.

Looking changes nothing: no gradient, version or warning appears, and nothing is kept alive.
"""

import weakref

from linreg_lib.recording.labels import Labels
from linreg_lib.recording.probe import Probe
from linreg_lib.recording.values import digest, short

MAX_NODES = 300  # in one snapshot
MAX_TABLE = 20_000  # over a whole recording
MAX_TENSORS = 60  # in one snapshot


class Snapshots:
    """Takes snapshots, and keeps the tables of nodes and edges that they share."""

    def __init__(
        self,
        probe: Probe,
        max_nodes: int = MAX_NODES,
        max_tensors: int | None = MAX_TENSORS,
        lasting: bool = True,
    ):
        self.max_nodes, self.max_tensors = max_nodes, max_tensors
        self.probe = probe
        self.labels = Labels(probe, lasting)
        self.nodes: dict[str, dict] = {}
        self.edges: dict[tuple[str, int], str] = {}  # (from, slot) -> to
        self.cut: dict[str, dict] = {}  # kind -> what was left out (format.Cut)
        self.leaves: dict[str, weakref.ref] = {}  # those of the last snapshot that require grad
        self._memory: dict = {}  # place -> label of a named tensor, at the last snapshot
        self._texts: dict[str, tuple] = {}  # label -> (digest, shape), text
        self._names: dict[str, list[str]] = {}  # label -> names when it last had any
        self._grads: dict[str, tuple] = {}  # label -> gradient as last seen, digest of the tensor

    def take(self, named: list[tuple]) -> tuple[dict, dict]:
        """Return {label: facts} of the tensors and {label: states} of the nodes.

        named: (name, tensor) pairs; several names may lead to one tensor.
        """
        with self.probe.looking():
            return self._take(named)

    def _take(self, named):
        tensors, names = {}, {}
        for name, tensor in named:
            label = self.labels.tensor(tensor)
            full = self.max_tensors is not None and len(tensors) >= self.max_tensors
            if label not in tensors and full:
                self.leave_out("tensors", self.max_tensors)
                continue
            tensors[label] = tensor
            names.setdefault(label, []).append(name)
        memory = {}
        for label, tensor in tensors.items():
            memory.setdefault(self._place(tensor), label)
        memory.pop(None, None)  # of those without a place none is known to be another
        self._memory = memory
        looks = {label: self.probe.facts(tensor) for label, tensor in tensors.items()}
        _, states, leaves = self.graph([look.node for look in looks.values()])
        for label, tensor in leaves.items():
            if label not in tensors:
                tensors[label], looks[label] = tensor, self.probe.facts(tensor)
        self.leaves = {
            label: weakref.ref(tensor)
            for label, tensor in tensors.items()
            if looks[label].requires_grad and looks[label].is_leaf
        }
        facts = {
            label: self._facts(label, tensor, looks[label], names.get(label, []), states)
            for label, tensor in tensors.items()
        }
        return facts, states

    def leave_out(self, kind: str, limit: int | None = None) -> None:
        """Note that something is not recorded."""
        self.cut[kind] = {"kind": kind} if limit is None else {"kind": kind, "limit": limit}

    def _place(self, tensor, new=True):
        """Return what tells that a saved tensor shows the same elements as a named one."""
        place, memory = self.probe.place(tensor), self.labels.memory(tensor, new)
        return None if place is None or memory is None else (memory, *place)

    def leaf(self, label: str):
        """Return the leaf of that label, None if it is gone."""
        reference = self.leaves.get(label)
        return None if reference is None else reference()

    def know_leaf(self, label: str, leaf) -> None:
        """Add a leaf that no snapshot has met."""
        self.leaves[label] = weakref.ref(leaf)

    def graph(self, roots) -> tuple[dict, dict, dict]:
        """Enter the graph behind these nodes into the tables.

        Returns:
            {node: label}, {label: states of the saved tensors}, and {label: leaf}.
        """
        if len(self.nodes) >= MAX_TABLE:
            # Every node looked at gets a Python wrapper, and dropping a very long chain of such
            # nodes could exhaust the stack.
            self.leave_out("table", MAX_TABLE)
            return {}, {}, {}
        found, whole = self.walk(roots, self.max_nodes)
        if not whole:
            self.leave_out("nodes", self.max_nodes)
        # In the order in which the program made them, leaves first.
        variables = {node: self.probe.variable(node) for node in found}
        found.sort(key=lambda node: (variables[node] is None, self.probe.age(node)))
        labels, states, leaves = {}, {}, {}
        for node in found:
            labels[node] = label = self.labels.node(node)
            saved = self.probe.saved(node)
            if label not in self.nodes:
                self._add(label, node, saved)
            expected = len(self.nodes[label]["saved"])
            if len(saved) != expected:  # a list of tensors, freed as a whole
                saved = saved[:1] * expected
            states[label] = [s.state for s in saved]
            if variables[node] is not None:
                leaves[self.nodes[label]["tensor"]] = variables[node]
        for node, label in labels.items():
            for slot, child, _ in self.probe.inputs(node):
                if child in labels:
                    self.edges[label, slot] = labels[child]
        return labels, states, leaves

    def walk(self, roots, limit: int) -> tuple[list, bool]:
        """Walk the graph breadth first, without recursion; tell whether that was all of it."""
        found = dict.fromkeys(node for node in roots if node is not None)
        queue = list(found)
        for node in queue:  # grows while we walk
            for _, child, _ in self.probe.inputs(node):
                if child not in found:
                    if len(found) >= limit:
                        return queue, False
                    found[child] = None
                    queue.append(child)
        return queue, True

    def _add(self, label, node, saved):
        variable = self.probe.variable(node)
        self.nodes[label] = {
            "id": label,
            "name": self.probe.name(node),
            "kind": "operation" if variable is None else "leaf",
            "tensor": None if variable is None else self.labels.tensor(variable),
            "shape": self.probe.shape(node),
            "saved": [
                {
                    "name": s.name,
                    "shape": None if s.tensor is None else list(s.tensor.shape),
                    "tensor": None
                    if s.tensor is None
                    else self._memory.get(self._place(s.tensor, new=False)),
                }
                for s in saved
            ],
        }

    def _facts(self, label, tensor, look, names, states):
        if names:
            self._names[label] = names
        key, text, problem = self.value(label, tensor)
        node = look.node
        node_label = None if node is None else self.labels.node(node)
        facts = {
            "names": names,
            "former": [] if names else self._names.get(label, []),
            "memory": self.labels.memory(tensor),
            "shape": look.shape,
            "dtype": look.dtype,
            "device": look.device,
            "value": text,
            "digest": key,
            "requires_grad": look.requires_grad,
            "is_leaf": look.is_leaf,
            "grad_fn": None if node is None else self.probe.name(node),
            "node": node_label if node_label in states else None,
            "version": look.version,
            "note": look.note or problem,
        }
        facts.update(self._grad(label, look.grad, key))
        return facts

    def gradient(self, leaf) -> tuple | None:
        """Return label, digest and version of a leaf's gradient, and its text; None without one."""
        grad = self.probe.facts(leaf).grad
        if grad is None:
            return None
        label = self.labels.tensor(grad)
        key, text, _ = self.value(label, grad)
        return (label, key, self.probe.version(grad)), text

    def gradient_came(self, label: str, leaf, now: tuple) -> None:
        """Note that backward has just computed this gradient: at the value that the leaf has."""
        self._grads[label] = now, self.value(label, leaf)[0]

    def _grad(self, label, grad, digest_now):
        if grad is None:
            self._grads.pop(label, None)
            return {"grad": "none", "grad_value": None, "grad_digest": None, "grad_tensor": None}
        grad_label = self.labels.tensor(grad)
        key, text, _ = self.value(grad_label, grad)
        now = (grad_label, key, self.probe.version(grad))
        before = self._grads.get(label)
        if before is None or before[0] != now:
            before = self._grads[label] = (now, digest_now)
        # A gradient belongs to the value of the tensor at which it was computed.
        state = "value" if before[1] == digest_now else "stale"
        return {
            "grad": state,
            "grad_value": text,
            "grad_digest": key,
            "grad_tensor": grad_label,
        }

    def value(self, label, tensor) -> tuple[str | None, str | None, str | None]:
        """Return a tensor's digest, its value as text, and why it could not be read."""
        try:
            array = self.probe.array(tensor)
        except (RuntimeError, TypeError, NotImplementedError) as error:
            return None, None, str(error)
        key = digest(array)
        state = key, array.shape
        known = self._texts.get(label)
        if known is None or known[0] != state:
            known = self._texts[label] = (state, short(array))
        return key, known[1], None
