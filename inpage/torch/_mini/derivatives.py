"""torch.autograd.functional: Jacobians and Hessians, row by row."""

from torch._mini.engine import grad
from torch._mini.joining import stack
from torch._mini.modes import enable_grad
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy=None):
    """The derivative of each element of the output in each of the input."""
    if create_graph or strict or vectorize or strategy is not None:
        refuse("this option of jacobian")
    if not isinstance(inputs, Tensor):
        refuse("jacobian in several tensors")
    with enable_grad():
        x = inputs.detach().clone().requires_grad_()
        y = func(x)
        if not isinstance(y, Tensor):
            refuse("the jacobian of several outputs")
        return _rows(y, x)


def _rows(y, x):
    """One backward for each element of y."""
    rows = []
    for element in y.reshape(-1):
        row = None
        if element.requires_grad:
            (row,) = grad(element, x, retain_graph=True, allow_unused=True)
        rows.append(x.detach() * 0 if row is None else row)
    if not rows:
        refuse("the jacobian of nothing")
    return stack(rows).view(*y._shape, *x._shape).detach()


def hessian(
    func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy=None
):
    """The second derivatives of a function whose value is one number."""
    if create_graph or strict or vectorize or outer_jacobian_strategy is not None:
        refuse("this option of hessian")
    if not isinstance(inputs, Tensor):
        refuse("hessian in several tensors")
    with enable_grad():
        x = inputs.detach().clone().requires_grad_()
        y = func(x)
        if not isinstance(y, Tensor) or y.numel() != 1 or y.ndim:
            refuse("the hessian of what is not one number")
        (first,) = grad(y, x, create_graph=True, allow_unused=True)
        if first is None or not first.requires_grad:
            return x.detach().new_zeros(*x._shape, *x._shape)
        return _rows(first, x)
