"""Bugs planted in the miniature, to see that they are found."""

import sys
from array import array


def plant(name: str) -> None:
    """Put one of the bugs into the miniature that is loaded."""
    {
        "broadcast gradient": _broadcast_gradient,
        "version check": _version_check,
        "view": _view,
    }[name]()


def _broadcast_gradient():
    """The gradient of what was broadcast is one share of it, not the sum."""
    from torch._mini.reductions import sum_to
    from torch._mini.tensor import Tensor

    def wrong(t, shape):
        summed = sum_to(t, shape)
        return summed if t._shape == shape else summed * (summed.numel() / t.numel())

    Tensor.sum_to = wrong


def _version_check():
    """A saved tensor is read although it was changed."""
    from torch._mini.nodes import Saved

    read = Saved.get

    def unchecked(self):
        self.version = self.tensor._counter.changes
        return read(self)

    Saved.get = unchecked


def _view():
    """What looks like a view has memory of its own."""
    from torch._mini import views
    from torch._mini.storage import Storage

    real = views.view_of

    def copied(*args, **kwargs):
        out = real(*args, **kwargs)
        memory = out._storage
        out._storage = Storage(array(memory.numbers.typecode, memory.numbers), memory.dtype)
        return out

    for module in list(sys.modules.values()):  # wherever it was imported to
        if vars(module).get("view_of") is real:
            module.view_of = copied
