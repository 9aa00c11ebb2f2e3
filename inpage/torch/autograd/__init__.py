"""torch.autograd."""

from torch._mini.anomaly import (
    detect_anomaly,
    is_anomaly_check_nan_enabled,
    is_anomaly_enabled,
    set_detect_anomaly,
)
from torch._mini.custom import Function
from torch._mini.engine import _engine_run_backward, backward, grad
from torch._mini.modes import enable_grad, inference_mode, no_grad, set_grad_enabled
from torch._mini.names import AUTOGRAD
from torch._mini.refusal import lacking
from torch.autograd import functional, graph, variable

Variable = variable.Variable

__all__ = [
    "Function",
    "_engine_run_backward",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "functional",
    "grad",
    "graph",
    "inference_mode",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
    "variable",
]
__getattr__ = lacking("torch.autograd", AUTOGRAD)
