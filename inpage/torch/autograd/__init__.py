"""torch.autograd."""

from torch._mini.engine import backward, grad
from torch._mini.modes import enable_grad, no_grad, set_grad_enabled
from torch._mini.names import AUTOGRAD
from torch._mini.refusal import lacking, refuse


def Variable(data, requires_grad=False):
    """The old name: a tensor has been all of it since PyTorch 0.4."""
    out = data.detach() if not requires_grad else data.detach().requires_grad_()
    return out


class _Graph:
    """torch.autograd.graph."""

    def __getattr__(self, name):
        if name == "Node":
            from torch._mini.nodes import Node

            return Node
        refuse(f"torch.autograd.graph.{name}")


graph = _Graph()
__all__ = ["backward", "enable_grad", "grad", "no_grad", "set_grad_enabled"]
__getattr__ = lacking("torch.autograd", AUTOGRAD)
