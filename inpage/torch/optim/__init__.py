"""torch.optim: optimizers."""

from torch._mini.adam_family import Adadelta, Adamax, NAdam, RAdam
from torch._mini.adaptive import Adagrad, Adam, AdamW, RMSprop
from torch._mini.names import OPTIM
from torch._mini.optimizer import Optimizer
from torch._mini.optimizers import SGD
from torch._mini.refusal import lacking
from torch.optim import lr_scheduler, optimizer

__all__ = [
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "NAdam",
    "Optimizer",
    "RAdam",
    "RMSprop",
]
__getattr__ = lacking("torch.optim", OPTIM)
