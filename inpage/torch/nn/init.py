"""torch.nn.init: how parameters begin."""

import math

from torch._mini.modes import no_grad
from torch._mini.names import NN_INIT
from torch._mini.refusal import lacking, refuse


def uniform_(tensor, a=0.0, b=1.0, generator=None):
    with no_grad():
        return tensor.uniform_(a, b, generator=generator)


def normal_(tensor, mean=0.0, std=1.0, generator=None):
    with no_grad():
        return tensor.normal_(mean, std, generator=generator)


def constant_(tensor, val):
    with no_grad():
        return tensor.fill_(val)


def zeros_(tensor):
    with no_grad():
        return tensor.zero_()


def ones_(tensor):
    with no_grad():
        return tensor.fill_(1.0)


def _fans(tensor):
    if tensor.ndim < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
        )
    if tensor.ndim > 2:
        refuse("initialising more than two dimensions")
    return tensor._shape[1], tensor._shape[0]


def xavier_uniform_(tensor, gain=1.0, generator=None):
    fan_in, fan_out = _fans(tensor)
    bound = math.sqrt(3.0) * (gain * math.sqrt(2.0 / float(fan_in + fan_out)))
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor, gain=1.0, generator=None):
    fan_in, fan_out = _fans(tensor)
    return normal_(tensor, 0.0, gain * math.sqrt(2.0 / float(fan_in + fan_out)), generator)


def kaiming_normal_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    if mode != "fan_in" or nonlinearity not in ("leaky_relu", "relu"):
        refuse("this kind of kaiming_normal_")
    fan_in, _ = _fans(tensor)
    gain = math.sqrt(2.0) if nonlinearity == "relu" else math.sqrt(2.0 / (1 + a**2))
    return normal_(tensor, 0, gain / math.sqrt(fan_in), generator)


def calculate_gain(nonlinearity, param=None):
    if param is not None:
        refuse("calculate_gain with a parameter")
    gains = {"linear": 1, "sigmoid": 1, "tanh": 5.0 / 3, "relu": math.sqrt(2.0)}
    if nonlinearity not in gains:
        refuse(f"calculate_gain of {nonlinearity!r}")
    return gains[nonlinearity]


def kaiming_uniform_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    if mode != "fan_in" or nonlinearity not in ("leaky_relu", "relu"):
        refuse("this kind of kaiming_uniform_")
    fan_in, _ = _fans(tensor)
    gain = math.sqrt(2.0) if nonlinearity == "relu" else math.sqrt(2.0 / (1 + a**2))
    bound = math.sqrt(3.0) * (gain / math.sqrt(fan_in))
    return uniform_(tensor, -bound, bound, generator)


__getattr__ = lacking("torch.nn.init", NN_INIT)
