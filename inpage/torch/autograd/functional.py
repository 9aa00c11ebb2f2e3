"""torch.autograd.functional."""

from torch._mini.derivatives import hessian, jacobian, vjp
from torch._mini.names import AUTOGRAD_FUNCTIONAL
from torch._mini.refusal import lacking

__all__ = ["hessian", "jacobian", "vjp"]
__getattr__ = lacking("torch.autograd.functional", AUTOGRAD_FUNCTIONAL)
