"""What can be seen at one moment: the named tensors, and the graph reachable from them.

Looking changes nothing: no gradient, version or warning appears, and nothing is kept alive.
"""

from contextlib import ExitStack

import torch
from torch import Tensor
from torch.utils._python_dispatch import _disable_current_modes

from linreg_lib.autograd import nodes
from linreg_lib.autograd.labels import Labels
from linreg_lib.autograd.values import as_array, digest, short

MAX_NODES = 300  # in one snapshot
MAX_TABLE = 20_000  # over a whole recording
MAX_TENSORS = 60  # in one snapshot


class Snapshots:
    """Takes snapshots, and keeps the tables of nodes and edges that they share."""

    def __init__(
        self,
        max_nodes: int = MAX_NODES,
        max_tensors: int | None = MAX_TENSORS,
        lasting: bool = True,
    ):
        self.max_nodes, self.max_tensors = max_nodes, max_tensors
        self.labels = Labels(lasting)
        self.nodes: dict[str, dict] = {}
        self.edges: dict[tuple[str, int], str] = {}  # (from, slot) -> to
        self.cut: dict[str, None] = {}  # an ordered set of sentences
        self._texts: dict[str, tuple] = {}  # label -> (digest, shape), text
        self._names: dict[str, list[str]] = {}  # label -> names when it last had any
        self._grads: dict[str, tuple] = {}  # label -> gradient as last seen, digest of the tensor

    def take(self, named: list[tuple[str, Tensor]]) -> tuple[dict, dict]:
        """Return {label: facts} of the tensors and {label: states} of the nodes.

        named: (name, tensor) pairs; several names may lead to one tensor.
        """
        with ExitStack() as stack:
            # The program's own modes and tensor subclasses must not see us looking.
            stack.enter_context(torch._C.DisableTorchFunction())
            if torch._C._len_torch_dispatch_stack():
                stack.enter_context(_disable_current_modes())
            return self._take(named)

    def _take(self, named):
        tensors, names = {}, {}
        for name, tensor in named:
            label = self.labels.tensor(tensor)
            full = self.max_tensors is not None and len(tensors) >= self.max_tensors
            if label not in tensors and full:
                self.cut[f"Only the first {MAX_TENSORS} tensors of a step are recorded."] = None
                continue
            tensors[label] = tensor
            names.setdefault(label, []).append(name)
        memory = {}
        for label, tensor in tensors.items():
            memory.setdefault(self._place(tensor), label)
        states, leaves = self._graph(tensors.values(), memory)
        for label, tensor in leaves.items():
            tensors.setdefault(label, tensor)
        facts = {
            label: self._facts(label, tensor, names.get(label, []), states)
            for label, tensor in tensors.items()
        }
        return facts, states

    def _place(self, tensor, new=True):
        """Return what tells that a saved tensor shows the same elements as a named one."""
        try:
            offset, stride = tensor.storage_offset(), tensor.stride()
        except (NotImplementedError, RuntimeError):
            return None
        return self.labels.memory(tensor, new), offset, tuple(tensor.shape), stride

    def _graph(self, roots, memory):
        """Return the states of the nodes behind these tensors, and the leaves met."""
        if len(self.nodes) >= MAX_TABLE:
            # Every node looked at gets a Python wrapper, and dropping a very long chain of such
            # nodes could exhaust the stack.
            self.cut[f"After {MAX_TABLE:,} nodes no further graph is recorded."] = None
            return {}, {}
        found = self._walk(roots)
        # In the order in which the program made them, leaves first.
        found.sort(key=lambda node: (not nodes.is_leaf_node(node), _age(node)))
        labels, states, leaves = {}, {}, {}
        for node in found:
            labels[node] = label = self.labels.node(node)
            saved = nodes.saved_of(node)
            if label not in self.nodes:
                self._add(label, node, saved, memory)
            expected = len(self.nodes[label]["saved"])
            if len(saved) != expected:  # a list of tensors, freed as a whole
                saved = saved[:1] * expected
            states[label] = [s.state for s in saved]
            if self.nodes[label]["kind"] == "leaf":
                leaves[self.nodes[label]["tensor"]] = node.variable
        for node, label in labels.items():
            for slot, child in nodes.inputs_of(node):
                if child in labels:
                    self.edges[label, slot] = labels[child]
        return states, leaves

    def _walk(self, roots) -> list:
        """Walk the graph breadth first, without recursion."""
        found = dict.fromkeys(n for n in map(_grad_fn, roots) if n is not None)
        queue = list(found)
        for node in queue:  # grows while we walk
            for _, child in nodes.inputs_of(node):
                if child not in found:
                    if len(found) >= self.max_nodes:
                        self.cut[
                            f"Of a graph larger than {self.max_nodes:,} nodes the rest is left out."
                        ] = None
                        return queue
                    found[child] = None
                    queue.append(child)
        return queue

    def _add(self, label, node, saved, memory):
        leaf = nodes.is_leaf_node(node)
        self.nodes[label] = {
            "id": label,
            "name": nodes.name_of(node),
            "kind": "leaf" if leaf else "operation",
            "tensor": self.labels.tensor(node.variable) if leaf else None,
            "shape": nodes.shape_of(node),
            "saved": [
                {
                    "name": s.name,
                    "shape": None if s.tensor is None else list(s.tensor.shape),
                    "tensor": None
                    if s.tensor is None
                    else memory.get(self._place(s.tensor, new=False)),
                }
                for s in saved
            ],
        }

    def _facts(self, label, tensor, names, states):
        note = None
        if names:
            self._names[label] = names
        try:
            is_leaf, node = tensor.is_leaf, tensor.grad_fn
        except RuntimeError as error:  # a view that an in-place change has made invalid
            is_leaf, node, note = False, None, str(error)
        try:
            version = tensor._version
        except RuntimeError:  # inference tensors do not count versions
            version = None
        key, text, problem = self._value(label, tensor)
        node_label = None if node is None else self.labels.node(node)
        facts = {
            "names": names,
            "former": [] if names else self._names.get(label, []),
            "memory": self.labels.memory(tensor),
            "shape": list(tensor.shape),
            "dtype": str(tensor.dtype).removeprefix("torch."),
            "device": str(tensor.device),
            "value": text,
            "digest": key,
            "requires_grad": tensor.requires_grad,
            "is_leaf": is_leaf,
            "grad_fn": None if node is None else nodes.name_of(node),
            "node": node_label if node_label in states else None,
            "version": version,
            "note": note or problem,
        }
        # Elsewhere reading .grad makes PyTorch warn.
        readable = note is None and (is_leaf or tensor.retains_grad)
        facts.update(self._grad(label, tensor.grad if readable else None, key))
        return facts

    def _grad(self, label, grad, digest_now):
        if grad is None:
            self._grads.pop(label, None)
            return {"grad": "none", "grad_value": None, "grad_digest": None, "grad_tensor": None}
        grad_label = self.labels.tensor(grad)
        key, text, _ = self._value(grad_label, grad)
        now = (grad_label, key, grad._version)
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

    def _value(self, label, tensor):
        try:
            array = as_array(tensor)
        except (RuntimeError, TypeError, NotImplementedError) as error:
            return None, None, f"value not readable: {error}"
        key = digest(array)
        state = key, array.shape
        known = self._texts.get(label)
        if known is None or known[0] != state:
            known = self._texts[label] = (state, short(array))
        return key, known[1], None


def _grad_fn(tensor):
    try:
        return tensor.grad_fn
    except RuntimeError:
        return None


def _age(node) -> int:
    """Return the number that PyTorch gave the node when the program made it."""
    return node._sequence_nr()
