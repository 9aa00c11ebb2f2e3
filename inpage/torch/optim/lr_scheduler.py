"""torch.optim.lr_scheduler: learning rates that change."""

from torch._mini.names import LR_SCHEDULER
from torch._mini.refusal import lacking
from torch._mini.schedulers import (
    CosineAnnealingLR,
    ExponentialLR,
    LambdaLR,
    LRScheduler,
    MultiStepLR,
    ReduceLROnPlateau,
    StepLR,
)

_LRScheduler = LRScheduler
__all__ = [
    "CosineAnnealingLR",
    "ExponentialLR",
    "LRScheduler",
    "LambdaLR",
    "MultiStepLR",
    "ReduceLROnPlateau",
    "StepLR",
]
__getattr__ = lacking("torch.optim.lr_scheduler", LR_SCHEDULER)
