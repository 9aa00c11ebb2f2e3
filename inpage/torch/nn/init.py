"""torch.nn.init: how parameters begin."""

import math

from torch._mini.creation import empty_like
from torch._mini.limits import where
from torch._mini.modes import no_grad
from torch._mini.names import NN_INIT
from torch._mini.refusal import lacking, refuse
from torch._mini.tensor import make


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


def calculate_gain(nonlinearity, param=None):
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else param
        return math.sqrt(2.0 / (1 + slope**2))
    gains = {"linear": 1, "sigmoid": 1, "tanh": 5.0 / 3, "relu": math.sqrt(2.0), "selu": 3.0 / 4}
    if nonlinearity not in gains:
        refuse(f"calculate_gain of {nonlinearity!r}")
    return gains[nonlinearity]


def _spread(tensor, a, mode, nonlinearity):
    """The standard deviation that keeps the variance through a layer with this activation."""
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    fan = _fans(tensor)[mode == "fan_out"]
    return calculate_gain(nonlinearity, a) / math.sqrt(fan)


def kaiming_normal_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    return normal_(tensor, 0, _spread(tensor, a, mode, nonlinearity), generator)


def kaiming_uniform_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    bound = math.sqrt(3.0) * _spread(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, generator)


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None):
    """Normal numbers; those beyond the limits are drawn again."""
    if mean < a - 2 * std or mean > b + 2 * std or _mass(a, b, mean, std) <= 0.3:
        refuse("trunc_normal_ with limits so far from the mean")
    low, high = tensor.new_tensor(a).item(), tensor.new_tensor(b).item()
    with no_grad():
        result = tensor.normal_(mean, std, generator=generator)
        while True:
            outside = (result < low) | (result > high)
            if not outside.any():
                break
            again = empty_like(result).normal_(mean, std, generator=generator)
            result = where(outside, again, result)
        if result is not tensor:
            tensor.copy_(result)
    return tensor


def _mass(a, b, mean, std):
    """How much of the normal distribution lies between the limits."""

    def below(x):
        return (1.0 + math.erf((x - mean) / std / math.sqrt(2.0))) / 2.0

    return below(b) - below(a)


def orthogonal_(tensor, gain=1, generator=None):
    """Rows, or columns where there are fewer, that are orthonormal, times gain."""
    if tensor.ndim < 2:
        raise ValueError("Only tensors with 2 or more dimensions are supported")
    if tensor.ndim > 2 or not tensor.numel():
        refuse("orthogonal_ of this tensor")
    with no_grad():
        drawn = tensor.new_empty(*tensor._shape).normal_(0, 1, generator=generator)
        wide = tensor._shape[0] < tensor._shape[1]
        columns = [list(map(float, column)) for column in (drawn if wide else drawn.t()).tolist()]
        found = []
        for (
            column
        ) in columns:  # Gram and Schmidt, twice for the last bits; the diagonal of R is positive
            for _ in range(2):
                for one in found:
                    along = math.fsum(x * y for x, y in zip(one, column, strict=True))
                    column = [y - along * x for x, y in zip(one, column, strict=True)]
            size = math.sqrt(math.fsum(x * x for x in column))
            found.append([x / size for x in column])
        rows = found if wide else list(zip(*found, strict=True))
        numbers = [x for row in rows for x in row]
        tensor.copy_(make(numbers, tensor._shape, tensor.dtype))
        return tensor.mul_(gain)


def eye_(tensor):
    if tensor.ndim != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")
    n = tensor._shape[1]
    with no_grad():
        return tensor.copy_(
            make(
                [float(i // n == i % n) for i in range(tensor.numel())], tensor._shape, tensor.dtype
            )
        )


__getattr__ = lacking("torch.nn.init", NN_INIT)
