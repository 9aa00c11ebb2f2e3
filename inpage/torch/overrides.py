"""torch.overrides."""

from torch._mini.names import OVERRIDES
from torch._mini.overrides import TorchFunctionMode, has_torch_function
from torch._mini.refusal import lacking

__all__ = ["TorchFunctionMode", "has_torch_function"]
__getattr__ = lacking("torch.overrides", OVERRIDES)
