"""Functions of two and three tensors without a gradient here: lerp, addcmul, hypot ..."""

import math

from torch._mini.dtypes import FLOAT, promote
from torch._mini.elementwise import elementwise, nan
from torch._mini.nodes import tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor, method, values


def fmod(input, other):
    if tracking(input, other):
        refuse("the gradient of fmod")
    if promote(input, other).category != FLOAT:
        if 0 in (values(other) if isinstance(other, Tensor) else [other]):
            raise RuntimeError("ZeroDivisionError")
        return elementwise(lambda x, y: int(math.fmod(x, y)), input, other)
    return elementwise(
        lambda x, y: math.fmod(x, y) if y and math.isfinite(x) else nan, input, other
    )


method(fmod)


def atan2(input, other):
    if tracking(input, other) or promote(input, other).category != FLOAT:
        refuse("this kind of atan2")
    return elementwise(math.atan2, input, other)


method(atan2)


def lerp(input, end, weight):
    """Between two tensors, at a share of the way."""
    if tracking(input, end, weight) or isinstance(weight, Tensor) or input.dtype is not end.dtype:
        refuse("the gradient of lerp, or a tensor as weight")
    if weight < 0.5:
        return elementwise(lambda a, b: a + weight * (b - a), input, end)
    return elementwise(lambda a, b: b - (b - a) * (1 - weight), input, end)


def addcmul(input, tensor1, tensor2, *, value=1):
    if tracking(input, tensor1, tensor2):
        refuse("the gradient of addcmul")
    return input + (tensor1 * tensor2 if value == 1 else tensor1 * tensor2 * value)


def addcdiv(input, tensor1, tensor2, *, value=1):
    if tracking(input, tensor1, tensor2):
        refuse("the gradient of addcdiv")
    return input + (tensor1 / tensor2 if value == 1 else tensor1 / tensor2 * value)


def hypot(input, other):
    if tracking(input, other) or promote(input, other).category != FLOAT:
        refuse("this kind of hypot")
    return elementwise(math.hypot, input, other)


for _function_of_three in (lerp, addcmul, addcdiv, hypot):
    method(_function_of_three)
