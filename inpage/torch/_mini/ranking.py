"""Order: sort, topk, median, unique values, and where values would stand."""

import bisect
import math
from collections import namedtuple

from torch._mini import modes
from torch._mini.dtypes import BOOL, FLOAT, int64
from torch._mini.extremes import shown
from torch._mini.layouts import make_like
from torch._mini.nodes import Node, Saved, attach, tracking
from torch._mini.reductions import groups, reduced_shape
from torch._mini.refusal import refuse
from torch._mini.shapes import wrap
from torch._mini.tensor import make, method, values

_Sorted = namedtuple("sort", ["values", "indices"])
_Top = namedtuple("topk", ["values", "indices"])
_Median = namedtuple("median", ["values", "indices"])
_Mode = namedtuple("mode", ["values", "indices"])
_Kth = namedtuple("kthvalue", ["values", "indices"])
for _result in (_Sorted, _Top, _Median, _Mode, _Kth):
    _result.__repr__ = shown


class _Chosen(Node):
    """d of choosing elements along a dimension: each gradient goes to its element."""

    saves = ("indices",)

    def backward(self, g):
        if modes.recording[0] and g.requires_grad:
            refuse(f"a second derivative of {self.name().removesuffix('Backward0').lower()}")
        shape, d = tuple(self._saved_self_sym_sizes), self.along
        indices = self.saved("indices")
        out = [0.0] * math.prod(shape)
        if not shape:
            return make(values(g), (), g.dtype)
        inner = math.prod(shape[d + 1 :])
        many = indices._shape[d]
        for flat, (place, gradient) in enumerate(zip(values(indices), values(g), strict=True)):
            before, after = divmod(flat, inner)
            out[(before // many * shape[d] + place) * inner + after] += gradient
        return make(out, shape, g.dtype)


class SortBackward0(_Chosen):
    """d sort."""


class TopkBackward0(_Chosen):
    """d topk."""


def _ordered(input, d, order, result, node_class, dim):
    """Pick from each group along a dimension the places that `order` gives."""
    if not input.ndim:
        out, indices = make(values(input), (), input.dtype), make([0], (), int64)
    else:
        picked, places = [], []
        for group in groups(input, [d]):
            chosen = order(group)
            picked.append([group[i] for i in chosen])
            places.append(chosen)
        many = len(places[0]) if places else 0
        shape = (*input._shape[:d], many, *input._shape[d + 1 :])
        inner = math.prod(input._shape[d + 1 :])
        like = (input,) if shape == input._shape and result is _Sorted else ()
        out = make_like(_turned(picked, inner, many), shape, input.dtype, *like)
        indices = make_like(_turned(places, inner, many), shape, int64, *like)
    if tracking(input):
        node = node_class(input, dim=dim % 2**64, self_sym_sizes=input._shape)
        node.along = d
        attach(out, node)
        node._kept["indices"] = Saved(indices)
    return result(out, indices)


def _turned(rows, inner, many) -> list:
    """Groups, one for each place before and after the dimension, in row-major order."""
    out = []
    for start in range(0, len(rows), max(inner, 1)):
        block = rows[start : start + inner]
        for i in range(many):
            out += [row[i] for row in block]
    return out


def _rank(x):
    return (1, 0.0) if x != x else (0, x)  # nan is larger than all others


def sort(input, dim=-1, descending=False, stable=False):
    d = wrap(dim, input.ndim)

    def order(group):  # Python keeps equal elements in their order, downwards too, as PyTorch does
        return sorted(range(len(group)), key=lambda i: _rank(group[i]), reverse=descending)

    return _ordered(input, d, order, _Sorted, SortBackward0, dim)


def argsort(input, dim=-1, descending=False, stable=False):
    return sort(input.detach(), dim, descending, stable).indices


def topk(input, k, dim=-1, largest=True, sorted=True):
    d = wrap(dim, input.ndim)
    if not 0 <= k <= (input._shape[d] if input.ndim else 1):
        raise RuntimeError("selected index k out of range")
    if not sorted:
        refuse("topk without order")

    def order(group):
        ranked = _sorted(range(len(group)), key=lambda i: _rank(group[i]), reverse=largest)
        if len({_rank(group[i]) for i in ranked[: k + 1]}) < len(ranked[: k + 1]):
            refuse("topk among equal elements")
        return ranked[:k]

    return _ordered(input, d, order, _Top, TopkBackward0, dim)


_sorted = sorted


class MedianBackward0(Node):
    """d median of all."""

    saves = ("result", "self")

    def backward(self, g):
        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of median")
        x, result = self.saved("self"), self.saved("result").item()
        hits = [v == result for v in values(x)]
        share = g.item() / max(sum(hits), 1)
        return make([share if hit else 0.0 for hit in hits], x._shape, x.dtype)


def median(input, dim=None, keepdim=False):
    if dim is not None:
        if tracking(input) or not input.ndim:
            refuse("the gradient of median along a dimension")
        d = wrap(dim, input.ndim)
        picked, places = [], []
        for group in groups(input, [d]):
            if any(x != x for x in group) or not group or len(set(group)) < len(group):
                refuse("median of nan or of equal elements along a dimension")
            at = sorted(range(len(group)), key=group.__getitem__)[(len(group) - 1) // 2]
            picked.append(group[at])
            places.append(at)
        shape = reduced_shape(input, [d], keepdim)
        return _Median(make(picked, shape, input.dtype), make(places, shape, int64))
    group = values(input)
    if not group:
        refuse("median of no elements")
    nans = [x for x in group if x != x]
    middle = nans[0] if nans else sorted(group)[(len(group) - 1) // 2]
    out = make([middle], (), input.dtype)
    if tracking(input):
        attach(out, MedianBackward0(input).keep(self=input), "result")
    return out


def kthvalue(input, k, dim=-1, keepdim=False):
    if tracking(input) or not input.ndim:
        refuse("the gradient of kthvalue")
    d = wrap(dim, input.ndim)
    if not 1 <= k <= input._shape[d]:
        raise RuntimeError("kthvalue(): selected number k out of range for dimension " + str(d))
    picked, places = [], []
    for group in groups(input, [d]):
        at = sorted(range(len(group)), key=lambda i: _rank(group[i]))[k - 1]
        if group.count(group[at]) > 1:
            refuse("kthvalue among equal elements")
        picked.append(group[at])
        places.append(at)
    shape = reduced_shape(input, [d], keepdim)
    return _Kth(make(picked, shape, input.dtype), make(places, shape, int64))


def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    if dim is not None or tracking(input):
        refuse("this kind of unique_consecutive")
    runs, inverse = [], []
    for x in values(input):
        if not runs or runs[-1][0] != x:
            runs.append([x, 0])
        runs[-1][1] += 1
        inverse.append(len(runs) - 1)
    out = [make([x for x, _ in runs], (len(runs),), input.dtype)]
    if return_inverse:
        out.append(make(inverse, input._shape, int64))
    if return_counts:
        out.append(make([n for _, n in runs], (len(runs),), int64))
    return out[0] if len(out) == 1 else tuple(out)


def mode(input, dim=-1, keepdim=False):
    if tracking(input) or not input.ndim:
        refuse("the gradient of mode")
    d = wrap(dim, input.ndim)
    picked, places = [], []
    for group in groups(input, [d]):
        most = max(map(group.count, group))
        picked.append(min(x for x in group if group.count(x) == most))
        places.append(max(i for i, x in enumerate(group) if x == picked[-1]))
    shape = reduced_shape(input, [d], keepdim)
    return _Mode(make(picked, shape, input.dtype), make(places, shape, int64))


def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    if tracking(input) or dim is not None or keepdim or interpolation != "linear":
        refuse("this kind of quantile")
    shares, shape = ([q], ()) if isinstance(q, float) else (values(q), q._shape)
    if input.dtype.category != FLOAT or not all(0 <= share <= 1 for share in shares):
        refuse("this kind of quantile")
    group = _sorted(values(input))
    if not group or any(x != x for x in group) or len(shape) > 1:
        refuse("quantile of nan or of nothing")
    found = []
    for share in shares:
        rank = share * (len(group) - 1)
        low = math.floor(rank)
        high = _smallest(low + 1, len(group) - 1)
        found.append(group[low] + (rank - low) * (group[high] - group[low]))
    return make(found, shape, input.dtype)


def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    if dim is not None:
        refuse("unique along a dimension")
    if tracking(input):
        refuse("the gradient of unique")
    numbers = values(input)
    if any(x != x for x in numbers):
        refuse("unique with nan")
    found = _sorted(set(numbers))
    out = [make(found, (len(found),), input.dtype)]
    if return_inverse:
        out.append(make([found.index(x) for x in numbers], input._shape, int64))
    if return_counts:
        out.append(make([numbers.count(x) for x in found], (len(found),), int64))
    return out[0] if len(out) == 1 else tuple(out)


def bincount(input, weights=None, minlength=0):
    if input.ndim != 1 or input.dtype.category in (FLOAT, BOOL):
        refuse("bincount of this tensor")
    numbers = values(input)
    if any(x < 0 for x in numbers):
        raise RuntimeError("bincount only supports 1-d non-negative integral inputs.")
    length = max([minlength, *(x + 1 for x in numbers)])
    if weights is not None:
        refuse("bincount with weights")
    return make([numbers.count(i) for i in range(length)], (length,), int64)


def histc(input, bins=100, min=0, max=0):
    """How many elements fall into each of equal parts of a range."""
    if input.dtype.category != FLOAT or bins < 1:
        refuse("histc of this tensor")
    numbers = values(input)
    if any(not math.isfinite(x) for x in numbers) or not numbers:
        refuse("histc of inf, of nan or of nothing")
    low, high = (min, max) if min != max else (_smallest(numbers), _largest(numbers))
    if low == high:
        low, high = low - 1, high + 1
    counts = [0.0] * bins
    for x in numbers:
        if low <= x <= high:
            counts[int((x - low) / (high - low) * bins) if x < high else bins - 1] += 1
    return make(counts, (bins,), input.dtype)


_smallest, _largest = min, max


def searchsorted(sorted_sequence, input, *, right=False):
    if sorted_sequence.ndim != 1 or not hasattr(input, "_shape"):
        refuse("searchsorted in this tensor")
    line = values(sorted_sequence)
    find = bisect.bisect_right if right else bisect.bisect_left
    return make([find(line, x) for x in values(input)], input._shape, int64)


def bucketize(input, boundaries, *, right=False):
    return searchsorted(boundaries, input, right=right)


def count_nonzero(input, dim=None):
    if dim is not None:
        return (input != 0).sum(dim)
    return make([sum(x != 0 for x in values(input))], (), int64)


for _function in (
    sort,
    argsort,
    topk,
    median,
    kthvalue,
    mode,
    quantile,
    unique,
    unique_consecutive,
    bincount,
    count_nonzero,
    histc,
):
    method(_function)
