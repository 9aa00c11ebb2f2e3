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
    if isinstance(inputs, tuple) and inputs and all(isinstance(x, Tensor) for x in inputs):
        with enable_grad():
            xs = tuple(x.detach().clone().requires_grad_() for x in inputs)
            y = func(*xs)
            if not isinstance(y, Tensor):
                refuse("the jacobian of several outputs")
            found = _rows(y, *xs)
            return found if len(xs) > 1 else (found,)
    if not isinstance(inputs, Tensor):
        refuse("jacobian in other things than tensors")
    with enable_grad():
        x = inputs.detach().clone().requires_grad_()
        y = func(x)
        if not isinstance(y, Tensor):
            refuse("the jacobian of several outputs")
        return _rows(y, x)


def _rows(y, *xs):
    """One backward for each element of y: its derivatives in each x, as one tensor or several."""
    rows = [[] for _ in xs]
    for i in range(y.numel()):
        found, element = (None,) * len(xs), y.reshape(-1)[i]
        if element.requires_grad:
            found = grad(element, xs, retain_graph=True, allow_unused=True)
        for of_x, x, row in zip(rows, xs, found, strict=True):
            of_x.append(x.detach() * 0 if row is None else row)
    if not y.numel():
        refuse("the jacobian of nothing")
    made = tuple(
        stack(of_x).view((*y._shape, *x._shape)).detach() for of_x, x in zip(rows, xs, strict=True)
    )
    return made if len(xs) > 1 else made[0]


def hessian(
    func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy=None
):
    """The second derivatives of a function whose value is one number."""
    if create_graph or strict or vectorize or outer_jacobian_strategy is not None:
        refuse("this option of hessian")
    if not isinstance(inputs, Tensor):
        refuse("hessian in several tensors")
    with enable_grad():
        leaf = inputs.detach().clone().requires_grad_()
        x = leaf.view_as(leaf)
        y = func(x)
        if not isinstance(y, Tensor) or y.numel() != 1:
            refuse("the hessian of what is not one number")
        y = y.squeeze()
        if not y.requires_grad:
            refuse("the hessian of what does not depend on the input")
        (first,) = grad(y.reshape(-1)[0], x, create_graph=True, allow_unused=True)
        if first is None or not first.requires_grad:
            return x.detach().new_zeros(*x._shape, *x._shape)
        return _rows(stack([first]).view(x._shape), leaf)


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """What `func` gives, and the product of a vector with its Jacobian."""
    if create_graph or strict or not isinstance(inputs, Tensor):
        refuse("this option of vjp, or several tensors")
    with enable_grad():
        x = inputs.detach().clone().requires_grad_()
        y = func(x)
        if not isinstance(y, Tensor):
            refuse("the vjp of several outputs")
        if v is None and y.numel() != 1:
            raise RuntimeError(
                "The vector v can only be None if the user-provided function returns a single "
                "Tensor with a single element."
            )
        (product,) = grad(y, x, v, allow_unused=True)
    return y.detach(), x.detach().new_zeros(*x._shape) if product is None else product
