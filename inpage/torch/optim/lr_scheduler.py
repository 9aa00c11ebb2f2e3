"""torch.optim.lr_scheduler: refused by name, but for the simplest."""

from torch._mini.names import LR_SCHEDULER
from torch._mini.refusal import lacking

__getattr__ = lacking("torch.optim.lr_scheduler", LR_SCHEDULER)
