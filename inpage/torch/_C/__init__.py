"""The few of PyTorch's internals that whoever looks at tensors without being seen asks for."""

from torch._mini import overrides as _overrides


class DisableTorchFunction:
    """No mode sees what is called here."""

    def __enter__(self):
        self._modes = _overrides._modes[:]
        _overrides._modes.clear()

    def __exit__(self, *exception):
        _overrides._modes[:] = self._modes


def _len_torch_dispatch_stack():
    return 0
