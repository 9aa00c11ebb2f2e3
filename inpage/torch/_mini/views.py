"""Views: tensors that share another's memory, and their history when that memory is changed."""

import math

from torch._mini import modes
from torch._mini.nodes import Node, Output, attach
from torch._mini.refusal import refuse
from torch._mini.second import linear
from torch._mini.tensor import Tensor, make, store, values


def view_of(t, shape, strides, offset, node=None) -> Tensor:
    """A view of `t`'s memory; `node` makes its history where autograd records."""
    out = Tensor._raw(t._storage, shape, strides, offset, t._counter)
    if t._detached:
        out._detached = True  # a view of a detached tensor has no base either
        return out
    out._base = t if t._base is None else t._base
    out._seen = t._counter.changes
    if t.requires_grad:
        if modes.recording[0]:
            out._kind_of_view = "recorded"
            if node is not None:
                attach(out, node())
        else:
            out._kind_of_view = "no_grad"
    elif not modes.recording[0]:
        out._kind_of_view = "no_grad"
    if t._kind_of_view in ("several", "no_grad", "custom") and out._kind_of_view != "no_grad":
        out._kind_of_view = t._kind_of_view  # a view of such a view is of its kind
    return out


class AsStridedBackward0(Node):
    """The history of a view after its base was changed: a part of the base's memory."""

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative through a view of what was changed")
        shape = tuple(self._saved_self_sym_sizes)
        out = make([0.0] * math.prod(shape), shape, g.dtype)
        place = (self._saved_size, self._saved_stride, self._saved_storage_offset)
        store(Tensor._raw(out._storage, *place), values(g))
        return out


OVERLAP = (
    "unsupported operation: more than one element of the written-to tensor refers to a single "
    "memory location. Please clone() the tensor before performing the operation."
)
UNDER_NO_GRAD = (
    "A view was created in no_grad mode and {} modified inplace with grad mode enabled. Given "
    "that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by "
    "moving both the view and the inplace either both inside the no_grad block (if you don't want "
    "the inplace to be tracked) or both outside (if you want the inplace to be tracked)."
)
ONE_OF_SEVERAL = (
    "Output {} of {} is a view and {} modified inplace. This view is the output of a function "
    "that returns multiple views. Such functions do not allow the output views to be modified "
    "inplace. You should replace the inplace operation by an out-of-place one."
)
IN_CUSTOM = (
    "Output {} of {} is a view and {} modified inplace. This view was created inside a custom Function "
    "(or because an input was returned as-is) and the autograd logic to handle view+inplace would "
    "override the custom backward associated with the custom Function, leading to incorrect gradients. "
    "This behavior is forbidden. You can fix this by cloning the output of the custom Function."
)


def forbid_change(view, how: str) -> None:
    """Raise where a view is of a kind that must not be changed; how: by itself, or by its base."""
    if view._kind_of_view == "no_grad":
        raise RuntimeError(UNDER_NO_GRAD.format(how))
    if view._kind_of_view in ("several", "custom"):
        text = ONE_OF_SEVERAL if view._kind_of_view == "several" else IN_CUSTOM
        name = view._node.name() if view._node else "None"
        name = name.rpartition("Backward")[0] or name
        raise RuntimeError(text.format(view._slot, name, how))


def renew_history(view) -> None:
    """Give a view the history that it has after a change of its memory in place."""
    base = view._base
    if view._node is None and not base.requires_grad:
        return
    forbid_change(view, "its base or another view of its base has been")
    view._seen = view._counter.changes
    if base.grad_fn is None and view._node is None and not view._requires:
        return
    node = AsStridedBackward0(
        base,
        size=view._shape,
        stride=view._strides,
        storage_offset=view._offset,
        self_sym_sizes=base._shape,
    )
    view._requires, view._node, view._slot = True, node, 0
    node.outputs = [Output(view)]


class CopySlices(Node):
    """A part of a tensor was overwritten: the gradient goes through there, and around it."""

    def __init__(self, base, view, inner):
        super().__init__(base)
        self.inner = inner
        self.place = (view._shape, view._strides, view._offset)
        self.base_shape, self.base_dtype = base._shape, base.dtype
        self.next_functions = (*self.next_functions, *inner.next_functions[1:])
        self.needs = (*self.needs, *inner.needs[1:])
        inner.outputs = [Output(view)]

    def name(self):
        return "torch::autograd::CopySlices"

    def backward(self, g):
        if modes.recording[0]:
            refuse("a second derivative through a part that was overwritten")
        shape, strides, _ = self.place
        if any(n > 1 and stride == 0 for n, stride in zip(shape, strides, strict=True)):
            raise RuntimeError(OVERLAP)
        whole = g._copy()
        part = Tensor._raw(whole._storage, *self.place)
        results = self.inner.backward(part._copy())
        if not isinstance(results, (tuple, list)):
            results = (results,)
        first = results[0]
        store(part, values(first) if first is not None else [0.0] * part.numel())
        return (whole if self.needs[0] else None, *results[1:])

    def release(self):
        super().release()
        self.inner.release()


def _node(name, rule):
    """A node of a view, whose gradient is a function of it and of the node's facts."""
    return type(name, (Node,), {"backward": lambda self, g: rule(self, g), "__doc__": f"d {name}."})


def _embed(node, g, pick):
    """Zeros of the input's shape, the gradient in the place that `pick` views."""
    shape = tuple(node._saved_self_sym_sizes)
    out = make([0.0] * math.prod(shape), shape, g.dtype)
    store(pick(out.detach()), values(g))
    name = node.name().replace("Backward0", "BackwardBackward0")
    return linear(name, out, g, pick)
