"""Nodes of the graph, and the tensors that they save for backward."""

import itertools
import weakref

from torch._mini import modes
from torch._mini.refusal import refuse
from torch._mini.shapes import words

_sequence = itertools.count()

SECOND_TIME = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed). Saved intermediate values of the graph are freed when you call "
    ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the "
    "graph a second time or if you need to access saved tensors after calling backward."
)


INFERENCE = (
    "Inference tensors cannot be saved for backward. Please do not use Tensors created in inference "
    "mode in computation tracked by autograd. To work around this, you can make a clone to get a "
    "normal tensor and use it in autograd, or use `torch.no_grad()` instead of "
    "`torch.inference_mode()`."
)


HINTS = (
    "Hint: enable anomaly detection to find the operation that failed to compute its gradient, with "
    "torch.autograd.set_detect_anomaly(True, check_nan=False).",
    "Hint: the backtrace further above shows the operation that failed to compute its gradient. The "
    "variable in question was changed in there or anywhere later. Good luck!",
)


class _Freed:
    """What stands in the place of a saved tensor that has been freed."""

    unpack_hook = None


FREED = _Freed()


class Saved:
    """A saved tensor: an input as it is; an output as an alias, since its node must not hold itself.

    It remembers the version of the memory, and refuses to be read after a change in place.
    """

    unpack_hook = None

    def __init__(self, tensor, node=None):
        if tensor._counter.inference and not modes.inference[0]:
            raise RuntimeError(INFERENCE)
        self.version = tensor._counter.changes
        self.node = None if node is None else weakref.ref(node)
        self.tensor = tensor if node is None else tensor._alias()
        self.slot = tensor._slot

    def get(self):
        """The tensor, with its history."""
        tensor = self.tensor
        node = tensor.grad_fn if self.node is None else self.node()
        now = tensor._counter.changes
        if now != self.version:
            output = ""
            if node is not None:
                name = node.name().partition("Backward")[0]
                output = f", which is output {self.slot} of {name},"
            raise RuntimeError(
                "one of the variables needed for gradient computation has been modified by an "
                f"inplace operation: [{tensor.type()} {words(tensor._shape)}]{output} is at version "
                f"{now}; expected version {self.version} instead. " + HINTS[modes.anomaly[0]]
            )
        if self.node is None:
            return tensor
        output = tensor._alias()
        output._requires, output._node, output._slot = True, node, self.slot
        return output


class Output:
    """Shape and dtype of what a node made: its gradient must fit them."""

    __slots__ = ("dtype", "shape")

    def __init__(self, tensor):
        self.shape, self.dtype = tensor.shape, tensor.dtype


_to_drop: list = []
_dropping: list = []


class Node:
    """A node: what it was computed from, what it saved, and how gradients pass through it.

    Subclasses name what they save (`saves`: tensors, `lists`: tuples of tensors) and define
    `backward`, which takes the gradient of the output (a list of them where there are several)
    and returns one for each input, None where none is needed.
    """

    saves: tuple = ()
    lists: tuple = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name in cls.saves:
            setattr(cls, f"_saved_{name}", property(lambda self, name=name: self.saved(name)))
            setattr(
                cls, f"_raw_saved_{name}", property(lambda self, name=name: self._kept.get(name))
            )
        for name in cls.lists:
            setattr(cls, f"_saved_{name}", property(lambda self, name=name: self.saved(name)))
            setattr(
                cls, f"_raw_saved_{name}", property(lambda self, name=name: self._raw_list(name))
            )

    def __init__(self, /, *inputs, **facts):
        self.next_functions = tuple(edge_of(tensor) for tensor in inputs)
        self.needs = tuple(node is not None for node, _ in self.next_functions)
        self.metadata: dict = {}
        if modes.anomaly[0]:
            from torch._mini.anomaly import made_here

            self.metadata["traceback_"] = made_here()
        self.outputs: list[Output] = []
        self._kept: dict = {}
        self._order = next(_sequence)
        self._hooks = Hooks()
        self._prehooks = Hooks()
        self._retainers: list = []
        for name, value in facts.items():
            name = f"_saved_{name}"
            if name not in vars(type(self)):  # whoever looks at a node asks its class for names
                setattr(type(self), name, None)
            setattr(self, name, value)

    def keep(self, /, **tensors):
        """Save inputs, a tuple or list of them as one."""
        for name, value in tensors.items():
            if isinstance(value, (list, tuple)):
                self._kept[name] = [None if t is None else Saved(t) for t in value]
            else:
                self._kept[name] = None if value is None else Saved(value)
        return self

    def saved(self, name):
        """Read a saved tensor; raises where it has been freed or changed."""
        kept = self._kept.get(name)
        if kept is FREED:
            raise RuntimeError(SECOND_TIME)
        if isinstance(kept, list):
            return tuple(None if one is None else one.get() for one in kept)
        return None if kept is None else kept.get()

    def _raw_list(self, name):
        if self._kept.get(name) is FREED:
            raise RuntimeError(SECOND_TIME)
        return tuple(self._kept[name])

    def release(self):
        """Free what was saved, as backward does unless the graph is retained."""
        self._kept = {name: kept and FREED for name, kept in self._kept.items()}

    def name(self) -> str:
        """As PyTorch names it: `MulBackward0`."""
        return type(self).__name__

    def _sequence_nr(self):
        return self._order

    @property
    def _input_metadata(self):
        return self.outputs

    def register_hook(self, hook):
        """Call `hook(grad_inputs, grad_outputs)` after the node has run."""
        return Handle(self._hooks, hook)

    def register_prehook(self, hook):
        """Call `hook(grad_outputs)` before the node runs."""
        return Handle(self._prehooks, hook)

    def __call__(self, *gradients):
        refuse("calling a node")

    def __del__(self):
        # A long chain is torn down one by one: recursion would overflow WebAssembly's short stack.
        _to_drop.append(
            (self.__dict__.pop("next_functions", None), self.__dict__.pop("_kept", None))
        )
        if not _dropping:
            _dropping.append(True)
            while _to_drop:
                _to_drop.pop()
            _dropping.clear()

    def __repr__(self):
        return f"<{self.name().removeprefix('torch::autograd::')} object at {hex(id(self))}>"

    def __getattr__(self, name):
        if name in ("_register_hook_dict", "_set_sequence_nr", "_is_compiled_autograd_tracing"):
            refuse(f"Node.{name}")
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")


class Handle:
    """What registering a hook returns."""

    _ids = itertools.count()

    def __init__(self, hooks, hook):
        self.id = next(Handle._ids)
        self._hooks = weakref.ref(hooks)
        hooks[self.id] = hook

    def remove(self):
        """Take the hook away again."""
        hooks = self._hooks()
        if hooks is not None:
            hooks.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.remove()


class Hooks(dict):
    """A dictionary of hooks that a handle can refer to weakly."""

    __slots__ = ("__weakref__",)

    def __repr__(self):
        return "OrderedDict()" if not self else refuse("printing hooks")


class AccumulateGrad(Node):
    """Where the graph ends at a leaf: the gradient is stored there, or added to what is there."""

    def __init__(self, leaf):
        super().__init__()
        self.variable = leaf
        self.outputs = [Output(leaf)]
        self._order = 2**63

    def name(self):
        return "torch::autograd::AccumulateGrad"

    def _sequence_nr(self):
        return 2**64 - 1

    def backward(self, gradient):
        from torch._mini.inplace import add_gradient

        if not self.variable.requires_grad:
            return ()
        add_gradient(self.variable, gradient)
        for hook in list((self.variable._accumulated_hooks or {}).values()):
            hook(self.variable)
        return ()


def edge_of(tensor) -> tuple:
    """The node that made a tensor, and which of its outputs it is; (None, 0) without history."""
    if tensor is None or not getattr(tensor, "requires_grad", False):
        return (None, 0)
    node = tensor.grad_fn
    if node is not None:
        return (node, tensor._slot)
    return (accumulator(tensor), 0) if tensor._requires else (None, 0)


def accumulator(leaf) -> AccumulateGrad:
    """The leaf's AccumulateGrad; made anew when no graph refers to it any more."""
    node = None if leaf._accumulator is None else leaf._accumulator()
    if node is None:
        node = AccumulateGrad(leaf)
        leaf._accumulator = weakref.ref(node)
    return node


def tracking(*operands) -> bool:
    """Whether an operation on these is to be recorded."""
    return modes.recording[0] and any(getattr(t, "requires_grad", False) for t in operands)


def attach(output, node, result: str | None = None):
    """Make `node` the history of `output`; `result`: the name under which it saves the output."""
    output._requires, output._node, output._slot = True, node, len(node.outputs)
    node.outputs.append(Output(output))
    if result is not None:
        node._kept[result] = Saved(output, node)
    return output
