"""torch.optim.lr_scheduler: learning rates that change."""

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
    "ConstantLR",
    "CosineAnnealingLR",
    "ExponentialLR",
    "LRScheduler",
    "LambdaLR",
    "LinearLR",
    "MultiStepLR",
    "OneCycleLR",
    "PolynomialLR",
    "ReduceLROnPlateau",
    "StepLR",
]
__getattr__ = lacking("torch.optim.lr_scheduler", LR_SCHEDULER)
