"""Dropout: zeros at random while training."""

from torch._mini import random
from torch._mini.creation import zeros
from torch._mini.dtypes import FLOAT
from torch._mini.elementwise import mul
from torch._mini.modules import Module
from torch._mini.refusal import refuse
from torch._mini.tensor import make


def dropout(input, p=0.5, training=True, inplace=False):
    """Zero elements with probability p, and scale the others up, while training."""
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if inplace:
        refuse("dropout in place")
    if p == 0 or not training or not input.numel():
        return input
    if input.dtype.category != FLOAT:
        refuse("dropout of whole numbers")
    if p == 1:
        return mul(input, zeros(()))
    stay = 1 - p
    generator = random.source(None)
    kept = [1.0 if generator.uniform64() < stay else 0.0 for _ in range(input.numel())]
    noise = make(kept, input._shape, input.dtype)
    noise.div_(stay)
    return mul(input, noise)


class Dropout(Module):
    """Zeros at random while training."""

    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        self.p, self.inplace = p, inplace

    def forward(self, input):
        return dropout(input, self.p, self.training, self.inplace)

    def extra_repr(self):
        return f"p={self.p}, inplace={self.inplace}"
