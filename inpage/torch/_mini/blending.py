"""Functions of two and three tensors without a gradient here: lerp, addcmul, hypot ..."""

import math

from torch._mini.dtypes import FLOAT, element, promote
from torch._mini.elementwise import elementwise, nan, operand
from torch._mini.layouts import make_like
from torch._mini.nodes import tracking
from torch._mini.refusal import refuse
from torch._mini.shapes import broadcast
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
    if input.dtype.category != FLOAT:
        raise NotImplementedError(
            f"\"lerp_kernel_scalar\" not implemented for '{input.dtype.word}'"
        )
    # The last product and sum are rounded once, as by a fused multiply-add.
    if abs(weight) < 0.5:
        return input.add(end - input, alpha=weight)
    share = element(weight, input.dtype)
    return end.add(end - input, alpha=element(share - 1, input.dtype))


def addcmul(input, tensor1, tensor2, *, value=1):
    if tracking(input, tensor1, tensor2):
        refuse("the gradient of addcmul")
    if value != 1:
        tensor1 = tensor1 * value
    shape = broadcast(broadcast(input._shape, tensor1._shape), tensor2._shape)
    kind = promote(input, tensor1 * tensor2)
    parts = (operand(t, kind, shape) for t in (input, tensor1, tensor2))
    numbers = [x + a * b for x, a, b in zip(*parts, strict=True)]
    return make_like(numbers, shape, kind, input, tensor1, tensor2)


def addcdiv(input, tensor1, tensor2, *, value=1):
    if tracking(input, tensor1, tensor2):
        refuse("the gradient of addcdiv")
    return input + (tensor1 if value == 1 else tensor1 * value) / tensor2


def hypot(input, other):
    if tracking(input, other) or promote(input, other).category != FLOAT:
        refuse("this kind of hypot")
    return elementwise(math.hypot, input, other)


for _function_of_three in (lerp, addcmul, addcdiv, hypot):
    method(_function_of_three)
