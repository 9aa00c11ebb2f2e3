"""torch.autograd.variable: the old name of a tensor."""

from torch._mini.tensor import Tensor


class Variable(Tensor):
    """Since PyTorch 0.4 a tensor is all of it; called, it gives a tensor."""

    def __new__(cls, data, requires_grad=False):
        out = data.detach()
        out.requires_grad = requires_grad
        return out
