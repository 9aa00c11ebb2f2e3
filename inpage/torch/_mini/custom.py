"""torch.autograd.Function: an operation with a gradient of the program's own."""

from torch._mini import modes
from torch._mini.dtypes import FLOAT
from torch._mini.nodes import Node, Output, Saved, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor
from torch._mini.warn import warn


class _Context(Node):
    """What `ctx` is: the node itself, with what forward leaves on it."""

    def __init__(self, *inputs):
        super().__init__(*inputs)
        self._to_save, self._no_gradient, self._dirty = (), (), False
        self._materialize = True

    def __repr__(self):
        return f"<torch.autograd.function.{self.name()} object at {hex(id(self))}>"

    def save_for_backward(self, *tensors):
        for t in tensors:
            if t is not None and not isinstance(t, Tensor):
                raise TypeError(
                    "save_for_backward can only save variables, but argument "
                    f"{tensors.index(t)} is of type {type(t).__name__}"
                )
        self._to_save = tensors

    def mark_non_differentiable(self, *tensors):
        self._no_gradient = tensors

    def mark_dirty(self, *tensors):
        refuse("mark_dirty in a custom function")

    def set_materialize_grads(self, value):
        self._materialize = value

    @property
    def needs_input_grad(self):
        return self._wanted

    @property
    def saved_tensors(self):
        return self.saved("tensors") if "tensors" in self._kept else tuple(self._to_save)

    @property
    def _raw_saved_tensors(self):
        return self._raw_list("tensors") if "tensors" in self._kept else ()

    def backward(self, gradients):
        if modes.recording[0] and any(
            g is not None and g.requires_grad
            for g in (gradients if isinstance(gradients, list) else [gradients])
        ):
            refuse("a second derivative through a custom function")
        gradients = list(gradients) if isinstance(gradients, list) else [gradients]
        if self._materialize:
            from torch._mini.creation import zeros

            gradients = [
                zeros(tuple(out.shape), dtype=out.dtype) if g is None else g
                for g, out in zip(gradients, self.outputs, strict=True)
            ]
        results = self._function.backward(self, *gradients)
        if not isinstance(results, tuple):
            results = (results,)
        count = self._count
        while len(results) > count and results[-1] is None:
            results = results[:-1]
        if len(results) != count:
            raise RuntimeError(
                f"function {self.name()} returned an incorrect number of gradients "
                f"(expected {count}, got {len(results)})"
            )
        for result in results:
            if result is not None and not isinstance(result, Tensor):
                raise RuntimeError(f"expected Variable or None (got {type(result).__name__})")
        return [results[i] for i in self._tensors_at]


class Function:
    """A static `forward(ctx, ...)` and `backward(ctx, ...)`; used as `Name.apply(...)`."""

    @staticmethod
    def forward(*args, **kwargs):
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function."
        )

    @staticmethod
    def setup_context(ctx, inputs, output):
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx, *gradients):
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom "
            "autograd.Function to use it with backward mode AD."
        )

    def __init__(self, *args, **kwargs):
        warn(
            f"{type(self)} should not be instantiated. Methods on autograd functions are all "
            "static, so you should invoke them on the class itself. Instantiating an autograd "
            "function will raise an error in a future version of PyTorch.",
            DeprecationWarning,
        )

    def __call__(self, *args, **kwargs):
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. Please use "
            "new-style autograd function with static forward method. (Example: "
            "https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
        )

    @classmethod
    def apply(cls, *args, **kwargs):
        if kwargs or "vjp" in vars(cls):
            refuse("a custom function of this kind")
        at = [i for i, a in enumerate(args) if isinstance(a, Tensor)]
        node = _node_class(cls)(*(args[i] for i in at))
        node._function, node._tensors_at, node._count = cls, at, len(args)
        node._wanted = tuple(isinstance(a, Tensor) and a.requires_grad for a in args)
        recorded = tracking(*(args[i] for i in at))
        with modes.no_grad():
            if cls.setup_context is Function.setup_context:
                results = cls.forward(node, *args)
            else:
                results = cls.forward(*args)
                cls.setup_context(node, args, results)
        outputs = results if isinstance(results, tuple) else (results,)
        finished = []
        for out in outputs:
            if not isinstance(out, Tensor):
                finished.append(out)
                continue
            plain = any(out is t for t in node._no_gradient) or out.dtype.category != FLOAT
            if any(out is a for a in args):
                out = out.view_as(out)
                if recorded:
                    out._kind_of_view = "several" if len(outputs) > 1 else "custom"
                    out._node, out._requires = None, False
            elif out._base is not None and any(out._storage is args[i]._storage for i in at):
                refuse("a view of an input returned by a custom function")
            if recorded and plain:
                node.outputs.append(Output(out))
            elif recorded:
                attach(out, node)
            finished.append(out)
        if recorded:
            node._kept["tensors"] = [_saved(t, node, finished) for t in node._to_save]
        node._to_save = ()
        return tuple(finished) if isinstance(results, tuple) else finished[0]


def _saved(t, node, outputs):
    if t is None:
        return None
    return Saved(t, node if any(t is out for out in outputs) else None)


_classes: dict = {}


def _node_class(function):
    """`NameBackward`: one class of nodes for each custom function."""
    if function not in _classes:
        name = f"{function.__name__}Backward"
        _classes[function] = type(name, (_Context,), {"__module__": "torch.autograd.function"})
    return _classes[function]


def once_differentiable(function):
    return function
