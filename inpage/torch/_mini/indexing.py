"""Indexing: t[...] and t[...] = ...; numbers, slices, None and `...` give views."""

from torch._mini.advanced import as_index, is_advanced, put, take
from torch._mini.dtypes import FLOAT, element
from torch._mini.overwriting import copy_, fill_
from torch._mini.parts import TO_THE_END, select, slice_
from torch._mini.refusal import refuse
from torch._mini.shapes import words
from torch._mini.shaping import AliasBackward0, type_word, unsqueeze
from torch._mini.tensor import Tensor, make
from torch._mini.views import view_of
from torch._mini.warn import warn

NOT_A_TUPLE = (
    "Using a non-tuple sequence for multidimensional indexing is deprecated and will be changed in "
    "pytorch 2.9; use x[tuple(seq)] instead of x[seq]. In pytorch 2.9 this will be interpreted as "
    "tensor index, x[torch.tensor(seq)], which will result either in an error or a different "
    "result (Triggered internally at "
    "/__w/pytorch/pytorch/torch/csrc/autograd/python_variable_indexing.cpp:349.)"
)


def _getitem(input, key):
    keys = key if isinstance(key, tuple) else (key,)
    if isinstance(key, str):
        warn(NOT_A_TUPLE)
    if isinstance(key, list) and any(k is None or isinstance(k, (slice, list, tuple)) for k in key):
        if not all(isinstance(k, list) for k in key):
            refuse("a list of slices as index")
    if any(map(is_advanced, keys)):
        return take(*_split(input, keys))
    return _basic(input, keys)


def _split(input, keys):
    """A view by the keys that are numbers, slices or None, and for its dimensions the lists."""
    if any(isinstance(k, Tensor) and not k.ndim and _is_mask(k) for k in keys):
        refuse("a single truth value as index")
    given = [k for k in keys if k is not None and k is not Ellipsis]
    if sum(k is Ellipsis for k in keys) > 1 or any(isinstance(k, (bool, tuple)) for k in keys):
        refuse("this kind of index")
    covered = sum(k.ndim if isinstance(k, Tensor) and _is_mask(k) else 1 for k in given)
    if covered > input.ndim:
        raise IndexError(f"too many indices for tensor of dimension {input.ndim}")
    plain, indices = [], []
    for k in keys:
        if is_advanced(k):
            index = as_index(k)
            width = index.ndim if _is_mask(index) else 1
            plain += [slice(None)] * width
            indices.append(index)
        elif k is Ellipsis:
            rest = input.ndim - covered
            plain += [slice(None)] * rest
            indices += [None] * rest
        else:
            plain.append(k)
            if k is None or isinstance(k, slice):
                indices.append(None)
    while indices[-1] is None:
        indices.pop()
    whole = all(isinstance(k, slice) and _is_whole(k) for k in plain)
    return (input if whole else _basic(input, plain)), indices


def _is_mask(k) -> bool:
    return k.dtype.name == "bool"


def _basic(input, keys):
    """Numbers, slices, None and `...`: a view."""
    used = sum(k is not None and k is not Ellipsis and not isinstance(k, bool) for k in keys)
    if input.ndim == 0 and len(keys) == 1 and isinstance(keys[0], slice):
        raise IndexError("slice() cannot be applied to a 0-dim tensor.")
    if input.ndim == 0 and len(keys) == 1 and isinstance(keys[0], int) and keys[0] != 0:
        raise IndexError(f"index {keys[0]} is out of bounds for dimension 0 with size 0")
    if input.ndim == 0 and len(keys) == 1 and isinstance(keys[0], int):
        raise IndexError(
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or "
            "`tensor.item<T>()` in C++ to convert a 0-dim tensor to a number"
        )
    if used > input.ndim:
        raise IndexError(f"too many indices for tensor of dimension {input.ndim}")
    if sum(k is Ellipsis for k in keys) > 1:
        refuse("an index with two ellipses")
    dim, out, shown = 0, input, 0
    for k in keys:
        if isinstance(k, (bool, tuple)):
            refuse("this kind of index")
        if isinstance(k, str):
            raise TypeError("new(): invalid data type 'str'")
        if k is None:
            out = unsqueeze(out, dim)
            dim, shown = dim + 1, shown + 1
        elif k is Ellipsis:
            dim, shown = dim + input.ndim - used, shown + input.ndim - used
        elif isinstance(k, slice):
            out = _sliced(out, dim, k)
            dim, shown = dim + 1, shown + 1
        elif isinstance(k, Tensor) and k.dtype.category == FLOAT:
            raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
        elif hasattr(k, "__index__"):
            place, n = k.__index__(), out._shape[dim]
            if not -n <= place < n:
                raise IndexError(
                    f"index {place} is out of bounds for dimension {shown} with size {n}"
                )
            out = select(out, dim, place)
            shown += 1
        else:
            raise IndexError(
                "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables "
                f"are valid indices (got {type(k).__name__})"
            )
    if out is not input:
        return out
    if any(isinstance(k, slice) for k in keys):
        return slice_(input, 0, 0, TO_THE_END, 1)
    return view_of(
        input, input._shape, input._strides, input._offset, lambda: AliasBackward0(input)
    )


def _is_whole(key) -> bool:
    return key.start in (None, 0) and key.stop in (None, TO_THE_END) and key.step in (None, 1)


def _sliced(t, dim, key):
    if key.step is not None and key.step.__index__() <= 0:
        raise ValueError(
            "step must be greater than zero" if key.step else "slice step cannot be zero"
        )
    start, stop = (None if k is None else k.__index__() for k in (key.start, key.stop))
    step = 1 if key.step is None else key.step.__index__()
    if _is_whole(key):
        return t
    return slice_(t, dim, 0 if start is None else start, TO_THE_END if stop is None else stop, step)


def _setitem(input, key, value):
    keys = key if isinstance(key, tuple) else (key,)
    if not isinstance(value, (Tensor, int, float)):
        raise TypeError(f"can't assign a {type(value).__name__} to a {input.type()}")
    if any(is_advanced(k) for k in keys):
        part, indices = _split(input, keys)
        return put(part, indices, value)
    whole = all(k is Ellipsis or (isinstance(k, slice) and _is_whole(k)) for k in keys)
    target = input if whole else _basic(input, keys)
    if isinstance(value, Tensor):
        if value.ndim == 0 and target.ndim:
            fill_(target, value)
            return None
        while value.ndim > target.ndim and value._shape[0] == 1:
            value = value.reshape(value._shape[1:])
        if value.ndim > target.ndim:
            raise RuntimeError(
                f"expand({type_word(value)}{{{words(value._shape)}}}, "
                f"size={words(target._shape)}): the number of sizes provided ({target.ndim}) must be "
                f"greater or equal to the number of dimensions in the tensor ({value.ndim})"
            )
        copy_(target, value.expand(target._shape) if value._shape != target._shape else value)
        return None
    kind = input.dtype
    number = make([element(value, kind)], (), kind)
    fill_(target, number) if target.ndim else copy_(target, number)
    return None


Tensor.__getitem__, Tensor.__setitem__ = _getitem, _setitem
