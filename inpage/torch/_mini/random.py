"""PyTorch's random numbers on the CPU, bit for bit: MT19937, uniform, normal, permutations.

Normal numbers come in two ways: fewer than 16 one by one, more in blocks of 16 whose float32
arithmetic is that of PyTorch's vectorized Box-Muller (Cephes' polynomials, fused multiply-adds).
"""

import math
import random as _random

from torch._mini.devices import CPU, on_cpu
from torch._mini.dtypes import float32, single
from torch._mini.refusal import refuse

N, M = 624, 397  # of MT19937


class Generator:
    """A source of random numbers with a state of its own."""

    __slots__ = ("_next", "_seed", "_spare", "_state")  # a recording finds no fields, as in PyTorch

    def __init__(self, device="cpu"):
        on_cpu(device)
        self._start(67280421310721)

    device = property(lambda self: CPU)

    def _start(self, seed):
        self._seed = seed
        state = [seed & 0xFFFFFFFF]
        for i in range(1, N):
            state.append((1812433253 * (state[-1] ^ (state[-1] >> 30)) + i) & 0xFFFFFFFF)
        self._state, self._next, self._spare = state, N, None

    def manual_seed(self, seed):
        if not hasattr(seed, "__int__"):
            raise RuntimeError(f"manual_seed expected a long, but got {type(seed).__name__}")
        self._start(int(seed) & 0xFFFFFFFFFFFFFFFF)
        return self

    def initial_seed(self):
        return self._seed

    def seed(self):
        self._start(_random.getrandbits(53))
        return self._seed

    def get_state(self):
        """The state, opaque: only `set_state` can read it."""
        from torch._mini.creation import tensor
        from torch._mini.dtypes import uint8

        state = tensor([0] * 5056, dtype=uint8)  # as long as PyTorch's
        state._generator_state = (self._seed, list(self._state), self._next, self._spare)
        return state

    def set_state(self, state):
        found = state.__dict__.get("_generator_state")
        if found is None:
            refuse("a generator's state from elsewhere")
        self._seed, numbers, self._next, self._spare = found
        self._state = list(numbers)
        return self

    def clone_state(self):
        refuse("Generator.clone_state")

    def bits(self) -> int:
        """32 random bits."""
        if self._next >= N:
            state = self._state
            for k in range(N):
                y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7FFFFFFF)
                state[k] = state[(k + M) % N] ^ (y >> 1) ^ (0x9908B0DF if y & 1 else 0)
            self._next = 0
        y = self._state[self._next]
        self._next += 1
        y ^= y >> 11
        y ^= (y << 7) & 0x9D2C5680
        y ^= (y << 15) & 0xEFC60000
        return y ^ (y >> 18)

    def bits64(self) -> int:
        """64 random bits."""
        return (self.bits() << 32) | self.bits()

    def uniform32(self) -> float:
        """A float32 in [0, 1)."""
        return (self.bits() & 0xFFFFFF) * 2.0**-24

    def uniform64(self) -> float:
        """A float64 in [0, 1)."""
        return (self.bits64() & ((1 << 53) - 1)) * 2.0**-53


default_generator = Generator()
default_generator.seed()


def source(generator) -> Generator:
    """The generator given, or the global one."""
    return default_generator if generator is None else generator


def manual_seed(seed):
    return default_generator.manual_seed(int(seed))


def seed():
    return default_generator.seed()


def initial_seed():
    return default_generator.initial_seed()


def get_rng_state():
    return default_generator.get_state()


def set_rng_state(new_state):
    default_generator.set_state(new_state)


def uniform(n, kind, low, high, generator) -> list:
    """n numbers uniform in [low, high)."""
    g = source(generator)
    if kind is float32:
        low, width = single(low), single(single(high) - single(low))
        return [single(g.uniform32() * width + low) for _ in range(n)]
    return [g.uniform64() * (high - low) + low for _ in range(n)]


def normal(n, kind, mean, std, generator, contiguous=True) -> list:
    """n normal numbers."""
    g = source(generator)
    if std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")
    if n < 16 or not contiguous:
        return [_one(g) * std + mean for _ in range(n)]
    draw, block = (g.uniform32, _block32) if kind is float32 else (g.uniform64, _block64)
    numbers = [draw() for _ in range(n)]
    for i in range(0, n - 15, 16):
        numbers[i : i + 16] = block(numbers[i : i + 16], mean, std)
    if n % 16:  # the last 16 are drawn anew
        numbers[n - 16 :] = block([draw() for _ in range(16)], mean, std)
    return numbers


def _one(g):
    """One normal number; every second one is the other half of the pair before."""
    if g._spare is not None:
        spare, g._spare = g._spare, None
        return spare
    u, v = g.uniform64(), g.uniform64()
    radius, angle = math.sqrt(-2.0 * math.log1p(-v)), 2.0 * math.pi * u
    g._spare = radius * math.sin(angle)
    return radius * math.cos(angle)


def _block64(u, mean, std):
    cosines, sines = [], []
    for j in range(8):
        radius, angle = math.sqrt(-2 * math.log(1 - u[j])), 2.0 * math.pi * u[j + 8]
        cosines.append(radius * math.cos(angle) * std + mean)
        sines.append(radius * math.sin(angle) * std + mean)
    return cosines + sines


def permutation(n, generator) -> list[int]:
    """0 ... n - 1 in random order."""
    g = source(generator)
    order = list(range(n))
    for i in range(n - 1):
        k = i + g.bits() % (n - i)
        order[i], order[k] = order[k], order[i]
    return order


# float32, operation by operation --------------------------------------------------------------------

LOG = [
    single(x)
    for x in (
        7.0376836292e-2,
        -1.1514610310e-1,
        1.1676998740e-1,
        -1.2420140846e-1,
        1.4249322787e-1,
        -1.6668057665e-1,
        2.0000714765e-1,
        -2.4999993993e-1,
        3.3333331174e-1,
    )
]
LN2_LOW, LN2_HIGH = single(-2.12194440e-4), single(0.693359375)
SQRT_HALF, SMALLEST = single(0.707106781186547524), single(1.17549435e-38)
PI_PARTS = [single(x) for x in (-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8)]
SINE = [single(x) for x in (-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)]
COSINE = [single(x) for x in (2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)]
FOUR_OVER_PI, TWO_PI = single(1.27323954473516), single(2.0 * single(math.pi))


def _fused(a, b, c):
    """a * b + c, rounded once (a * b is exact in double precision)."""
    return single(a * b + c)


def _polynomial(coefficients, x):
    y = coefficients[0]
    for c in coefficients[1:]:
        y = _fused(y, x, c)
    return y


def _log(x):
    mantissa, exponent = math.frexp(max(x, SMALLEST))
    exponent = float(exponent)
    if mantissa < SQRT_HALF:
        exponent -= 1.0
        x = single(single(mantissa - 1.0) + mantissa)
    else:
        x = single(mantissa - 1.0)
    square = single(x * x)
    y = single(_polynomial(LOG, x) * x)
    y = _fused(y, square, single(exponent * LN2_LOW))
    y = _fused(-square, 0.5, y)
    return _fused(exponent, LN2_HIGH, single(x + y))


def _sin_cos(x):
    """Of an angle that is not negative."""
    octant = (int(single(x * FOUR_OVER_PI)) + 1) & ~1
    for part in PI_PARTS:
        x = _fused(float(octant), part, x)
    square = single(x * x)
    cosine = single(_polynomial(COSINE, square) * square)
    cosine = single(_fused(cosine, square, -single(square * 0.5)) + 1.0)
    sine = _fused(single(_polynomial(SINE, square) * square), x, x)
    if octant & 2:
        sine, cosine = cosine, sine
    return (-sine if octant & 4 else sine), (cosine if (octant - 2) & 4 else -cosine)


def _block32(u, mean, std):
    cosines, sines = [], []
    mean, std = single(mean), single(std)
    for j in range(8):
        radius = single(math.sqrt(single(-2.0 * _log(single(1.0 - u[j])))))
        sine, cosine = _sin_cos(single(TWO_PI * u[j + 8]))
        cosines.append(_fused(single(radius * cosine), std, mean))
        sines.append(_fused(single(radius * sine), std, mean))
    return cosines + sines
