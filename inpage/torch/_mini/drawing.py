"""Tensors drawn at random: uniform, normal, whole numbers, orders, choices."""

import math

from torch._mini import random
from torch._mini.creation import _finished, _kind, _size
from torch._mini.devices import on_cpu
from torch._mini.dtypes import FLOAT, float32, int64, single
from torch._mini.elementwise import divide
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast
from torch._mini.tensor import Tensor, make, method, values


def _drawn_like(draw):
    def function(input, *, dtype=None, requires_grad=False, device=None, generator=None):
        if not input.is_contiguous():
            refuse("random numbers like a tensor in another order of memory")
        return (
            draw(
                *input._shape,
                dtype=dtype or input.dtype,
                requires_grad=requires_grad,
                device=device,
                generator=generator,
            )
            if input._shape
            else draw(
                (),
                dtype=dtype or input.dtype,
                requires_grad=requires_grad,
                device=device,
                generator=generator,
            )
        )

    return function


def _drawn(name, draw, kernel):
    def function(*size, generator=None, dtype=None, requires_grad=False, device=None, **other):
        if "size" in other and not size:
            size = (other.pop("size"),)
        if other or not size:
            refuse(f"{name} with these arguments")
        shape, kind = _size(name, size), _kind(dtype)
        on_cpu(device)  # before anything is drawn
        if kind.category != FLOAT:
            raise NotImplementedError(f"\"{kernel}\" not implemented for '{kind.word}'")
        out = make(draw(math.prod(shape), kind, generator), shape, kind)
        return _finished(out, requires_grad, device)

    function.__name__ = name
    return function


randn = _drawn("randn", lambda n, kind, g: random.normal(n, kind, 0.0, 1.0, g), "normal_kernel_cpu")
rand = _drawn(
    "rand", lambda n, kind, g: random.uniform(n, kind, 0.0, 1.0, g), "check_uniform_bounds"
)
randn_like, rand_like = _drawn_like(randn), _drawn_like(rand)


def _normal_around(mean, std, size, generator):
    """Normal numbers, each with its own mean or spread."""
    if size is not None or any(isinstance(x, Tensor) and x._requires for x in (mean, std)):
        refuse("normal with tensors and a size, or with a gradient")
    shape = broadcast(getattr(mean, "_shape", ()), getattr(std, "_shape", ()))
    kind = mean.dtype if isinstance(mean, Tensor) else std.dtype
    if kind.category != FLOAT:
        refuse("normal around whole numbers")
    if isinstance(std, Tensor) and any(x < 0 for x in values(std)):
        raise RuntimeError("normal expects all elements of std >= 0.0")
    if not isinstance(std, Tensor) and not std >= 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")
    drawn = make(random.normal(math.prod(shape), kind, 0.0, 1.0, generator), shape, kind)
    return drawn * std + mean


def normal(
    mean, std=1.0, size=None, *, generator=None, dtype=None, requires_grad=False, device=None
):
    if isinstance(mean, Tensor) or isinstance(std, Tensor):
        on_cpu(device)
        return _normal_around(mean, std, size, generator)
    if size is None:
        refuse("normal without a size")
    on_cpu(device)
    shape, kind = _size("normal", (size,)), _kind(dtype)
    if kind.category != FLOAT:
        raise NotImplementedError(f"\"normal_kernel_cpu\" not implemented for '{kind.word}'")
    numbers = random.normal(math.prod(shape), kind, float(mean), float(std), generator)
    return _finished(make(numbers, shape, kind), requires_grad, device)


_OPTIONS = (
    "Tensor out = None, torch.dtype dtype = None, torch.layout layout = None, torch.device device = "
    "None, bool pin_memory = False, bool requires_grad = False)\n"
)
RANDINT = "".join(
    f" * ({bounds}, tuple of ints size, *, {generator}{_OPTIONS}"
    for bounds in ("int high", "int low, int high")
    for generator in ("torch.Generator generator, ", "")
)


def randint(*args, generator=None, dtype=None, requires_grad=False, device=None, **other):
    names = [name for name in ("low", "high", "size") if name in other]
    if names == ["size"] or names == ["high", "size"] or names == ["low", "high", "size"]:
        args += tuple(other.pop(name) for name in names)
    if other or not 1 <= len(args) <= 3:
        refuse("randint with these arguments")
    if len(args) == 1 or (len(args) == 3 and not isinstance(args[2], (tuple, list))):
        got = ", ".join(type(x).__name__ for x in args)
        raise TypeError(
            f"randint() received an invalid combination of arguments - got ({got}), but expected one "
            "of:\n" + RANDINT
        )
    low, high, size = (0, *args) if len(args) == 2 else args
    if not isinstance(size, (tuple, list)):
        place = len(args)
        raise TypeError(
            f"randint(): argument 'size' (position {place}) must be tuple of ints, "
            f"not {type(size).__name__}"
        )
    if not low < high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    if high - low >= 2**32:
        refuse("randint over so large a range")
    on_cpu(device)
    shape, kind = _size("randint", (size,)), dtype or int64
    numbers = [
        low + random.source(generator).bits() % (high - low) for _ in range(math.prod(shape))
    ]
    return _finished(make(numbers, shape, kind), requires_grad, device)


def randperm(n, *, generator=None, device=None, dtype=None, requires_grad=False):
    on_cpu(device)
    if not isinstance(n, int):
        raise TypeError(
            f"randperm(): argument 'n' (position 1) must be int, not {type(n).__name__}"
        )
    return make(random.permutation(n, generator), (n,), dtype or int64)


def bernoulli(input, *, generator=None):
    if input.dtype.category != FLOAT or input._requires:
        refuse("bernoulli of this tensor")
    g, out = random.source(generator), []
    for chance in values(input):
        if not 0 <= chance <= 1:
            raise RuntimeError(
                "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  "
                "If so, please report an enhancement request to PyTorch.)"
            )
        drawn = g.uniform32() if input.dtype is float32 else g.uniform64()
        out.append(1.0 if drawn < chance else 0.0)
    return make(out, input._shape, input.dtype)


method(bernoulli)


def multinomial(input, num_samples, replacement=False, *, generator=None):
    """Places drawn with the chances that the rows of a tensor give them."""
    if input.ndim not in (1, 2):
        raise RuntimeError("prob_dist must be 1 or 2 dim")
    if input.dtype.category != FLOAT:
        raise RuntimeError(
            "multinomial only supports floating-point dtypes for input, got: " + input.dtype.word
        )
    if num_samples <= 0:
        raise RuntimeError("cannot sample n_sample <= 0 samples")
    width = input._shape[-1]
    if not replacement and num_samples > width:
        raise RuntimeError(
            "cannot sample n_sample > prob_dist.size(-1) samples without replacement"
        )
    numbers = values(input)
    if any(not (0 <= x < math.inf) for x in numbers):
        raise RuntimeError("probability tensor contains either `inf`, `nan` or element < 0")
    rows = [numbers[i : i + width] for i in range(0, len(numbers), width)]
    if any(sum(row) == 0 for row in rows):
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
    g = random.source(generator)
    rounded = single if input.dtype is float32 else float
    if replacement and num_samples > 1:
        chosen = [_placed(row, rounded, g) for row in rows for _ in range(num_samples)]
    else:
        waits = [[rounded(-math.log1p(-g.uniform64())) for _ in row] for row in rows]
        chosen = []
        for row, wait in zip(rows, waits, strict=True):
            rates = [rounded(divide(x, w)) for x, w in zip(row, wait, strict=True)]
            order = sorted(range(width), key=rates.__getitem__, reverse=True)
            if sum(rate > 0 for rate in rates) < num_samples:
                refuse("multinomial of more places than have a chance")
            chosen += order[:num_samples]
    return make(chosen, (*input._shape[:-1], num_samples), int64)


def _placed(row, rounded, g) -> int:
    """The place where a uniform number falls among the running sums of the chances."""
    sums, running = [], 0.0
    for x in row:
        running = rounded(running + x)
        sums.append(running)
    drawn = g.uniform64()
    low, high = 0, len(row)
    while low < high:
        middle = (low + high) // 2
        if (1.0 if middle == len(row) - 1 else rounded(sums[middle] / running)) < drawn:
            low = middle + 1
        else:
            high = middle
    return low


method(multinomial)
