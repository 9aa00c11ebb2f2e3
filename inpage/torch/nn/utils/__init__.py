"""torch.nn.utils: clipping of gradients."""

from torch._mini.joining import cat, stack
from torch._mini.modes import no_grad
from torch._mini.names import NN_UTILS
from torch._mini.refusal import lacking, refuse
from torch._mini.tensor import Tensor


@no_grad()
def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    if norm_type != 2.0 or error_if_nonfinite:
        refuse("this kind of clip_grad_norm_")
    parameters = [parameters] if isinstance(parameters, Tensor) else list(parameters)
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        from torch._mini.creation import tensor

        return tensor(0.0)
    total = stack([g.norm() for g in gradients]).norm()
    factor = (max_norm / (total + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return total


@no_grad()
def clip_grad_value_(parameters, clip_value, foreach=None):
    parameters = [parameters] if isinstance(parameters, Tensor) else list(parameters)
    for p in parameters:
        if p.grad is not None:
            p.grad.clamp_(min=-clip_value, max=clip_value)


def parameters_to_vector(parameters):
    return cat([p.view(-1) for p in parameters])


def vector_to_parameters(vec, parameters):
    start = 0
    for p in parameters:
        p.data = vec[start : start + p.numel()].view_as(p).data
        start += p.numel()


from torch.nn.utils import rnn

__getattr__ = lacking("torch.nn.utils", NN_UTILS)
