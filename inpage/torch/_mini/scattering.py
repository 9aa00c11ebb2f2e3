"""Writing to places along a dimension: scatter, index_add, index_fill, and taking by flat place."""

from torch._mini.dtypes import element, int64
from torch._mini.inplace import changed, may_change
from torch._mini.nodes import Node, attach, tracking
from torch._mini.places import gathered, selected
from torch._mini.refusal import refuse
from torch._mini.shapes import wrap
from torch._mini.tensor import Tensor, make, method, values


def _written(input, spots, numbers, add=False):
    """Write into a tensor's memory, in place; not while autograd records."""
    may_change(input)
    if tracking(input):
        refuse("writing to places while autograd records")
    memory = input._storage.numbers
    for spot, number in zip(spots, numbers, strict=True):
        memory[spot] = memory[spot] + number if add else number
    return changed(input)


def _scattered(name, input, dim, index, src, add):
    if index.dtype is not int64:
        raise RuntimeError(f"{name.rstrip('_')}(): Expected dtype int64 for index")
    if index.ndim != input.ndim:
        raise RuntimeError("Index tensor must have the same number of dimensions as self tensor")
    if not input.ndim:
        refuse(f"{name} of a tensor without dimensions")
    d = wrap(dim, input.ndim)
    n = input._shape[d]
    for place in values(index):
        if not 0 <= place < n:
            raise RuntimeError(f"index {place} is out of bounds for dimension {d} with size {n}")
    if any(
        a > b for k, (a, b) in enumerate(zip(index._shape, input._shape, strict=True)) if k != d
    ):
        refuse(f"{name} with an index larger than the tensor")
    spots = gathered(input._shape, input._strides, input._offset, d, index)
    if isinstance(src, Tensor):
        if tracking(src):
            refuse(f"the gradient of {name}")
        if src.dtype is not input.dtype:
            raise RuntimeError(
                f"{name.rstrip('_')}(): Expected self.dtype to be equal to src.dtype"
            )
        if src._shape != index._shape:
            refuse(f"{name} from a larger tensor")
        numbers = values(src)
    else:
        numbers = [element(src, input.dtype)] * len(spots)
    return _written(input, spots, numbers, add)


def scatter_(input, dim, index, src=None, *, value=None):
    return _scattered("scatter_", input, dim, index, value if src is None else src, False)


def scatter_add_(input, dim, index, src):
    return _scattered("scatter_add_", input, dim, index, src, True)


def _rows(name, input, dim, index):
    if index.dtype is not int64 or index.ndim > 1 or not input.ndim:
        refuse(f"{name} with this index")
    d = wrap(dim, input.ndim)
    n = input._shape[d]
    if any(not -n <= i < n for i in values(index)):
        refuse(f"{name} beyond the tensor")
    rows = make([i % n for i in values(index)], (index.numel(),), int64)
    return selected(input._shape, input._strides, input._offset, d, rows)


def index_fill_(input, dim, index, value):
    spots = _rows("index_fill_", input, dim, index)
    number = value.item() if isinstance(value, Tensor) and not value.ndim else value
    if isinstance(number, Tensor):
        refuse("index_fill_ with a tensor")
    return _written(input, spots, [element(number, input.dtype)] * len(spots))


def index_add_(input, dim, index, source, *, alpha=1):
    d = wrap(dim, input.ndim)
    expected = (*input._shape[:d], index.numel(), *input._shape[d + 1 :])
    if alpha != 1 or source._shape != expected or source.dtype is not input.dtype:
        refuse("index_add_ with these arguments")
    if tracking(source):
        refuse("the gradient of index_add_")
    if any(i < 0 for i in values(index)):
        refuse("index_add_ beyond the tensor")
    return _written(input, _rows("index_add_", input, dim, index), values(source), add=True)


def _out_of_place(name, in_place):
    def function(input, *args, **kwargs):
        if tracking(input):
            refuse(f"the gradient of {name}")
        return in_place(input.clone(), *args, **kwargs)

    function.__name__ = name
    return method(function, name)


for _function in (scatter_, scatter_add_, index_fill_, index_add_):
    setattr(Tensor, _function.__name__, _function)
scatter = _out_of_place("scatter", scatter_)


class ScatterAddBackward0(Node):
    """d scatter_add: what was there keeps its gradient, what was added gets that of its place."""

    saves = ("index",)

    def backward(self, g):
        return (
            g if self.needs[0] else None,
            g.gather(self._saved_dim, self.saved("index")) if self.needs[1] else None,
        )


@method
def scatter_add(input, dim, index, src):
    out = scatter_add_(input.detach().clone(), dim, index, src.detach())
    out._counter.changes = 0
    if tracking(input, src):
        node = ScatterAddBackward0(input, src, dim=dim)
        attach(out, node.keep(index=index) if node.needs[1] else node)
    return out


index_fill = _out_of_place("index_fill", index_fill_)
index_add = _out_of_place("index_add", index_add_)


def fill_diagonal_(input, fill_value, wrap=False):
    if input.ndim != 2 or wrap:
        refuse("fill_diagonal_ of this tensor")
    step, number = sum(input._strides), element(fill_value, input.dtype)
    spots = [input._offset + i * step for i in range(min(input._shape))]
    return _written(input, spots, [number] * len(spots))


Tensor.fill_diagonal_ = fill_diagonal_


def masked_fill_(input, mask, value):
    new = input.detach().masked_fill(mask, value)
    if new._shape != input._shape:
        refuse("masked_fill_ with a mask of another shape")
    may_change(input)
    if tracking(input):
        refuse("masked_fill_ while autograd records")
    from torch._mini.tensor import store

    store(input, values(new))
    return changed(input)


Tensor.masked_fill_ = masked_fill_


def masked_select(input, mask):
    if input._shape != mask._shape:
        refuse("masked_select with a mask of another shape")
    if tracking(input):
        refuse("the gradient of masked_select")
    return input[mask]


def take(input, index):
    if tracking(input):
        refuse("the gradient of take")
    numbers, n = values(input), input.numel()
    if any(not -n <= i < n for i in values(index)) or index.dtype is not int64:
        refuse("take beyond the tensor")
    return make([numbers[i] for i in values(index)], index._shape, input.dtype)


for _function in (masked_select, take):
    method(_function)
