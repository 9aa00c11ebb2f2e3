"""torch.utils."""

from torch._mini.names import UTILS
from torch._mini.refusal import lacking
from torch.utils import data

__all__ = ["data"]
__getattr__ = lacking("torch.utils", UTILS)
