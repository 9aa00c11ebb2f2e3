"""torch.nn.parameter."""

from torch._mini.modules import Parameter
from torch._mini.names import NN_PARAMETER
from torch._mini.refusal import lacking

__all__ = ["Parameter"]
__getattr__ = lacking("torch.nn.parameter", NN_PARAMETER)
