"""What a recording asks of tensors, nodes and the engine, as PyTorch answers it.

Nothing here evaluates, frees or fills anything. `recording.probe` says what each method must do.
"""
# ruff: noqa: D102, for the same reason

import contextlib
import sys
import threading
from contextlib import ExitStack
from functools import partial

import torch
from torch import Tensor
from torch.autograd.variable import Variable
from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils._python_dispatch import _disable_current_modes

from linreg_lib.recording.probe import EngineCall, SavedTensor, TensorFacts

_RAW, _PLAIN = "_raw_saved_", "_saved_"


class TorchProbe:
    """PyTorch's answers (`linreg_lib.recording.probe.Probe`)."""

    engine = f"PyTorch {torch.__version__.split('+')[0]}"

    def __init__(self):
        # Names of a node type's saved tensors and of its constants: dir() is slow.
        self._attributes: dict[type, tuple[list[str], list[str]]] = {}
        self._watching: list = []  # those who stand around the engine's calls
        self._original, self._lock = None, threading.Lock()

    # Tensors -----------------------------------------------------------------------------------

    def is_tensor(self, kind):
        return issubclass(kind, Tensor)

    @contextlib.contextmanager
    def looking(self):
        with ExitStack() as stack:
            stack.enter_context(torch._C.DisableTorchFunction())
            if torch._C._len_torch_dispatch_stack():
                stack.enter_context(_disable_current_modes())
            # Of unfilled memory, or of 1e300 squared, NumPy would warn in the program's name.
            if numpy := sys.modules.get("numpy"):
                stack.enter_context(numpy.errstate(all="ignore"))
            yield

    def facts(self, tensor):
        note = None
        try:
            is_leaf, node = tensor.is_leaf, tensor.grad_fn
        except RuntimeError as error:  # a view that an in-place change has made invalid
            is_leaf, node, note = False, None, str(error)
        # Elsewhere reading .grad makes PyTorch warn.
        readable = note is None and (is_leaf or tensor.retains_grad)
        return TensorFacts(
            shape=list(tensor.shape),
            dtype=str(tensor.dtype).removeprefix("torch."),
            device=str(tensor.device),
            requires_grad=tensor.requires_grad,
            is_leaf=is_leaf,
            node=node,
            version=self.version(tensor),
            note=note,
            grad=tensor.grad if readable else None,
        )

    def version(self, tensor):
        try:
            return tensor._version
        except RuntimeError:  # inference tensors do not count versions
            return None

    def gradient(self, tensor):
        return tensor.grad

    def array(self, tensor):
        # detach gives an alias without history: it neither copies nor bumps the version.
        plain = tensor.detach()
        if plain.is_sparse:
            plain = plain.to_dense()
        if plain.device.type != "cpu":
            plain = plain.cpu()
        if plain.dtype in (torch.bfloat16, torch.float16):
            plain = plain.float()
        return plain.resolve_conj().resolve_neg().numpy()

    def numbers(self, tensor, most):
        array = self.array(tensor)
        if array.dtype.kind not in "fiub":
            raise TypeError("only real numbers")
        flat = array.reshape(-1)
        norm = float((flat.astype("float64") ** 2).sum() ** 0.5)
        return list(array.shape), flat.tolist() if flat.size <= most else None, norm

    def storage(self, tensor):
        try:
            return tensor.untyped_storage()
        except (NotImplementedError, RuntimeError):
            return None

    def address(self, storage):
        # Not data_ptr(), which would copy a copy-on-write tensor.
        return storage._cdata

    def hold(self, storage):
        return StorageWeakRef(storage)

    def place(self, tensor):
        try:
            return tensor.storage_offset(), tuple(tensor.shape), tensor.stride()
        except (NotImplementedError, RuntimeError):
            return None

    # Nodes -------------------------------------------------------------------------------------

    def name(self, node):
        return node.name().rpartition("::")[2]

    def variable(self, node):
        # A node of the program's own may have an attribute of this name.
        return node.variable if type(node).__name__ == "AccumulateGrad" else None

    def shape(self, node):
        try:
            metadata = node._input_metadata
            return [int(n) for n in metadata[0].shape] if metadata else None
        except (AttributeError, RuntimeError, TypeError):
            return None

    def inputs(self, node):
        return [
            (slot, child, number)
            for slot, (child, number) in enumerate(node.next_functions)
            if child is not None
        ]

    def saved(self, node):
        if hasattr(type(node), "saved_tensors"):  # a torch.autograd.Function keeps one tuple
            return _read_many(node, "_raw_saved_tensors", "saved_tensors", "saved_tensors")
        flat = []
        for name in self._names(node)[0]:
            found = _read(node, name)
            flat += found if isinstance(found, list) else [found]
        return flat

    def constants(self, node):
        if hasattr(type(node), "saved_tensors"):
            return {}
        return {name: getattr(node, _PLAIN + name) for name in self._names(node)[1]}

    def _names(self, node):
        kind = type(node)
        if kind not in self._attributes:
            tensors = [a.removeprefix(_RAW) for a in dir(kind) if a.startswith(_RAW)]
            tensors.sort(key=lambda name: (name != "self", name))
            others = [a.removeprefix(_PLAIN) for a in dir(kind) if a.startswith(_PLAIN)]
            others = [name for name in others if name not in tensors]
            self._attributes[kind] = tensors, others
        return self._attributes[kind]

    def age(self, node):
        return node._sequence_nr()

    def marks(self, node):
        return node.metadata

    # The engine --------------------------------------------------------------------------------

    def grad_enabled(self):
        return torch.is_grad_enabled()

    def set_grad_enabled(self, value):
        torch.set_grad_enabled(value)

    @contextlib.contextmanager
    def engine_calls(self, around):
        # Tensor.backward, torch.autograd.backward and grad, and all that is built on them meet
        # here, in a function that they look up anew at each call. Hooks on tensors or nodes would
        # have to be set before anybody knows that backward will come, and a mode that sees
        # Tensor.backward is seen by the program and misses torch.autograd.grad.
        with self._lock:
            self._watching.append(around)
            if len(self._watching) == 1:
                self._install()
        try:
            yield
        finally:
            # Recordings of several threads may end in any order.
            with self._lock:
                self._watching.remove(around)
                if not self._watching:
                    setattr(*_meeting_point(), self._original)

    def _install(self):
        owner, name = _meeting_point()
        original = self._original = getattr(owner, name)

        def engine(tensors, *args, **kwargs):
            def run():
                return original(tensors, *args, **kwargs)

            call = _engine_call(tensors, args, kwargs)
            for around in () if call is None else tuple(self._watching):
                run = partial(around, call, run)
            return run()

        setattr(owner, name, engine)

    def watch(self, node, before, after):
        return [node.register_prehook(before), node.register_hook(after)]


def _meeting_point():
    if hasattr(torch.autograd, "_engine_run_backward"):
        return torch.autograd, "_engine_run_backward"
    return Variable._execution_engine, "run_backward"  # before PyTorch 2.3


def _engine_call(tensors, args, kwargs) -> EngineCall | None:
    """Read the engine's arguments: grad_tensors, keep_graph, create_graph, inputs ..."""
    try:
        _, keep_graph, create_graph = args[:3]
        fills = kwargs["accumulate_grad"]
        with torch._C.DisableTorchFunction():
            roots = [_root(tensor) for tensor in tensors]
    except (AttributeError, KeyError, RuntimeError, TypeError, ValueError):
        return None  # not as we know it: better no film than a wrong one
    roots = [node for node in roots if node is not None]
    return EngineCall(roots, bool(fills), bool(keep_graph), bool(create_graph))


def _root(tensor):
    if not isinstance(tensor, Tensor):
        return tensor.node  # a GradientEdge
    if tensor.grad_fn is None and tensor.requires_grad:
        return torch.autograd.graph.get_gradient_edge(tensor).node
    return tensor.grad_fn


def _read(node, name):
    try:
        raw = getattr(node, _RAW + name)
    except RuntimeError as error:  # lists of tensors raise here when freed
        return SavedTensor(name, _state(error))
    if isinstance(raw, tuple | list):
        return _read_many(node, _RAW + name, _PLAIN + name, name)
    # With saved_tensors_hooks reading would call the reader's own unpack hook.
    if getattr(raw, "unpack_hook", None) is not None:
        return SavedTensor(name, "alive")
    try:
        tensor = getattr(node, _PLAIN + name)
    except RuntimeError as error:
        return SavedTensor(name, _state(error))
    return SavedTensor(name, "none" if tensor is None else "alive", tensor)


def _read_many(node, raw_name, plain_name, name) -> list[SavedTensor]:
    try:
        raw = getattr(node, raw_name)
    except RuntimeError as error:
        return [SavedTensor(name, _state(error))]
    if not raw:
        return []
    if any(getattr(r, "unpack_hook", None) is not None for r in raw):
        return [SavedTensor(f"{name}[{i}]", "alive") for i in range(len(raw))]
    try:
        tensors = getattr(node, plain_name)
    except RuntimeError as error:
        return [SavedTensor(f"{name}[{i}]", _state(error)) for i in range(len(raw))]
    return [
        SavedTensor(f"{name}[{i}]", "none" if t is None else "alive", t)
        for i, t in enumerate(tensors)
    ]


def _state(error: RuntimeError) -> str:
    # PyTorch says it in words alone.
    text = str(error)
    if "second time" in text:
        return "freed"
    if "modified by an inplace operation" in text:
        return "stale"
    return "unreadable"


PROBE = TorchProbe()
