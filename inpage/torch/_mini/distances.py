"""Vectors brought to length 1, and how far vectors and distributions are apart."""

import math

from torch._mini.dtypes import FLOAT
from torch._mini.elementwise import shared_out
from torch._mini.joining import cat
from torch._mini.nodes import tracking
from torch._mini.refusal import refuse
from torch._mini.tensor import make, values
from torch._mini.warn import warn

MEAN_OF_KL = (
    "reduction: 'mean' divides the total loss by both the batch size and the support size."
    "'batchmean' divides only by the batch size, and aligns with the KL div math definition."
    "'mean' will be changed to behave the same as 'batchmean' in the next major release."
)


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    if out is not None:
        refuse("normalize with out")
    return input / input.norm(p, dim, keepdim=True).clamp_min(eps).expand_as(input)


def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    if tracking(x1, x2) or x1._shape != x2._shape or x1.dtype.category != FLOAT:
        refuse("the gradient of cosine_similarity, or vectors of several shapes")
    lengths = [x.norm(2, dim, keepdim=True).clamp_min(eps) for x in (x1, x2)]
    return ((x1 / lengths[0]) * (x2 / lengths[1])).sum(dim)


def pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False):
    if tracking(x1, x2):
        refuse("the gradient of pairwise_distance")
    return (x1 - x2 + eps).norm(p, -1, keepdim)


def cdist(x1, x2, p=2.0, compute_mode="use_mm_for_euclid_dist_if_necessary"):
    """Distances between the rows of one tensor and those of another."""
    if tracking(x1, x2) or x1.ndim != 2 or x2.ndim != 2:
        refuse("the gradient of cdist, or stacks of matrices")
    if x1._shape[1] != x2._shape[1]:
        raise RuntimeError(
            f"X1 and X2 must have the same number of columns. X1: {x1._shape[1]} X2: {x2._shape[1]}"
        )
    if p == 2 and max(x1._shape[0], x2._shape[0]) > 25:
        refuse("cdist of more than 25 rows")
    return (x1.unsqueeze(1) - x2.unsqueeze(0)).norm(p, 2)


def kl_div(input, target, size_average=None, reduce=None, reduction="mean", log_target=False):
    if size_average is not None or reduce is not None or log_target or target.requires_grad:
        refuse("this option of kl_div")
    if input._shape != target._shape or reduction not in ("none", "mean", "sum", "batchmean"):
        refuse("kl_div of these shapes, or with this reduction")
    if reduction == "mean":
        warn(MEAN_OF_KL)
    entropy = [t * math.log(t) if t > 0 else 0.0 for t in values(target)]
    losses = make(entropy, target._shape, target.dtype) - target * input
    if reduction == "none":
        return losses
    if reduction == "mean":
        return losses.mean()
    return losses.sum() if reduction == "sum" else shared_out(losses.sum(), input._shape[0])


def pad(input, pad, mode="constant", value=None):
    """More elements before and behind, the last dimension first."""
    pad = tuple(pad)
    if tracking(input) or mode != "constant" or len(pad) % 2 or len(pad) > 2 * input.ndim:
        refuse("this kind of pad")
    if any(n < 0 for n in pad):
        refuse("pad by less than nothing")
    out, filling = input, 0 if value is None else value
    for k in range(len(pad) // 2):
        d = input.ndim - 1 - k
        sides = []
        for n in pad[2 * k : 2 * k + 2]:
            shape = [*out._shape[:d], n, *out._shape[d + 1 :]]
            sides.append(out.new_full(shape, filling))
        out = cat([sides[0], out, sides[1]], d)
    return out
