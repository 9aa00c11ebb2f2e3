"""torch.optim.optimizer."""

from torch._mini.names import OPTIMIZER
from torch._mini.optimizer import (
    Optimizer,
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)
from torch._mini.refusal import lacking

__all__ = ["Optimizer", "register_optimizer_step_post_hook", "register_optimizer_step_pre_hook"]
__getattr__ = lacking("torch.optim.optimizer", OPTIMIZER)
