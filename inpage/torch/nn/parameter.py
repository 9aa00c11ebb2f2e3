"""torch.nn.parameter."""

from torch._mini.names import NN_PARAMETER
from torch._mini.parameters import Parameter
from torch._mini.refusal import lacking


def is_lazy(param):
    """Whether a parameter has no shape yet: there are none such here."""
    return False


__all__ = ["Parameter", "is_lazy"]
__getattr__ = lacking("torch.nn.parameter", NN_PARAMETER)
