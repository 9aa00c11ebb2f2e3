"""The same elements in another order or several times: repeat, roll, flip."""

from torch._mini.joining import cat
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, attach, tracking
from torch._mini.parts import slice_, unbind
from torch._mini.refusal import refuse
from torch._mini.shapes import wrap
from torch._mini.tensor import Tensor, make, method, values


class RepeatBackward0(Node):
    """d repeat: the copies' gradients add up."""

    def backward(self, g):
        shape, times = tuple(self._saved_self_sym_sizes), tuple(self._saved_repeats)
        lead = len(times) - len(shape)
        split = []
        for n, k in zip((1,) * lead + shape, times, strict=True):
            split += [k, n]
        g = g.reshape(split).sum(list(range(0, len(split), 2)))
        return g.reshape(shape)


def repeat(input, *repeats):
    if not repeats:
        raise TypeError('repeat() missing 1 required positional arguments: "repeats"')
    if len(repeats) == 1 and not isinstance(repeats[0], int):
        repeats = tuple(repeats[0])
    lead = len(repeats) - input.ndim
    if lead < 0:
        raise RuntimeError(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
            "tensor"
        )
    out = make(values(input), (1,) * lead + input._shape, input.dtype)
    for d, times in enumerate(repeats):
        out = cat([out] * times, d) if times else refuse("repeat zero times")
    out = out._copy()
    if tracking(input):
        attach(out, RepeatBackward0(input, repeats=tuple(repeats), self_sym_sizes=input._shape))
    return out


def tile(input, *dims):
    if len(dims) == 1 and not isinstance(dims[0], int):
        dims = tuple(dims[0])
    return repeat(input, *((1,) * (input.ndim - len(dims)) + tuple(dims)))


class RollBackward0(Node):
    """d roll."""

    def backward(self, g):
        return roll(g, tuple(-k for k in self._saved_shifts), self._saved_dims or None)


def roll(input, shifts, dims=None):
    shifts = (shifts,) if isinstance(shifts, int) else tuple(shifts)
    along = () if dims is None else (dims,) if isinstance(dims, int) else tuple(dims)
    out = input.detach()
    if not along:
        if len(shifts) != 1:
            refuse("roll by several steps without dimensions")
        numbers = values(out)
        k = shifts[0] % len(numbers) if numbers else 0
        out = make(
            numbers[len(numbers) - k :] + numbers[: len(numbers) - k], input._shape, input.dtype
        )
    elif len(shifts) != len(along):
        refuse("roll by other steps than dimensions")
    for shift, d in zip(shifts if along else (), along, strict=True):
        d = wrap(d, input.ndim)
        n = input._shape[d]
        k = shift % n if n else 0
        if k:
            out = cat([slice_(out, d, n - k, n, 1), slice_(out, d, 0, n - k, 1)], d)
    out = out._copy()
    if tracking(input):
        attach(out, RollBackward0(input, shifts=shifts, dims=along))
    return out


method(roll)


def repeat_interleave(input, repeats, dim=None):
    if not isinstance(repeats, int) or tracking(input):
        refuse("repeat_interleave with a gradient, or by a tensor")
    if dim is None:
        input, dim = input.reshape(-1), 0
    d = wrap(dim, input.ndim)
    parts = [part.unsqueeze(d) for part in unbind(input, d) for _ in range(repeats)]
    return cat(parts, d) if parts else refuse("repeat_interleave of nothing")


method(repeat_interleave)


def rot90(input, k=1, dims=(0, 1)):
    if tracking(input) or len(dims) != 2:
        refuse("the gradient of rot90")
    a, b = dims
    turned = [
        lambda: input.clone(),
        lambda: flip(input, b).transpose(a, b),
        lambda: flip(input, a, b),
        lambda: flip(input, a).transpose(a, b),
    ][k % 4]()
    return turned._copy() if turned._base is None else turned.detach()


class FlipBackward0(Node):
    """d flip."""

    def backward(self, g):
        return flip(g, *self._saved_dims)


def flip(input, *dims):
    if len(dims) == 1 and not isinstance(dims[0], int):
        dims = tuple(dims[0])
    dims = tuple(wrap(d, input.ndim) for d in dims)
    out = input.detach()
    for d in dims:
        parts = [part.unsqueeze(d) for part in reversed(unbind(out, d))]
        out = cat(parts, d) if parts else out
    out = make_like(values(out), input._shape, input.dtype, input)
    if tracking(input):
        attach(out, FlipBackward0(input, dims=dims))
    return out


method(flip)
method(rot90)


Tensor.__reversed__ = lambda self: flip(self, *range(self.ndim)) if self.ndim else self
method(repeat)
method(tile)
