"""torch.optim.lr_scheduler: learning rates that change."""

from torch._mini.more_schedulers import (
    ChainedScheduler,
    CosineAnnealingWarmRestarts,
    CyclicLR,
    SequentialLR,
)
from torch._mini.names import LR_SCHEDULER
from torch._mini.refusal import lacking
from torch._mini.schedulers import (
    ConstantLR,
    CosineAnnealingLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    LRScheduler,
    MultiStepLR,
    OneCycleLR,
    PolynomialLR,
    ReduceLROnPlateau,
    StepLR,
)

_LRScheduler = LRScheduler
__all__ = [
    "ChainedScheduler",
    "ConstantLR",
    "CosineAnnealingLR",
    "CosineAnnealingWarmRestarts",
    "CyclicLR",
    "ExponentialLR",
    "LRScheduler",
    "LambdaLR",
    "LinearLR",
    "MultiStepLR",
    "OneCycleLR",
    "PolynomialLR",
    "ReduceLROnPlateau",
    "SequentialLR",
    "StepLR",
]
__getattr__ = lacking("torch.optim.lr_scheduler", LR_SCHEDULER)
