"""Put everything back that a step has changed."""

import random
import sys
import types
from collections import deque
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.parameter import is_lazy
from torch.optim import Optimizer

from linreg_lib.checks._reach import Name, bind, reachable, value_of

# Data of this many elements are compared once, at the end, and not after each run.
_LARGE = 1 << 18


class Snapshot:
    """The state of all that can be reached from some objects, and of the random generators.

    `restore` can be called as often as one likes; at the end of a `with` block it is, whatever
    ended the block. What it cannot put back: iterators that have advanced, and what is outside
    the program, such as files.
    """

    def __init__(self, *roots: object):
        self._put_back: list[Callable[[], None]] = []
        self._at_the_end: list[Callable[[], None]] = []
        self._known: set[int] = set()
        self._kept: list[object] = []  # as long as they live, their ids are theirs
        self.places: list[tuple[object, object, Tensor]] = []
        self.optimizers: list[Optimizer] = []
        self.modules: list[nn.Module] = []
        self._put_back.extend(_random_states())
        self.add(*roots)

    def add(self, *roots: object) -> None:
        """Remember the present state of what these objects lead to, too."""
        for thing in reachable(*roots):
            if isinstance(thing, Name):
                self._remember(thing)
            elif id(thing) not in self._known:
                self._known.add(id(thing))
                self._kept.append(thing)
                self._remember(thing)

    def _remember(self, thing: object) -> None:
        put_back = _keeper(thing)
        if put_back is not None:
            large = type(thing) is Tensor and thing.numel() > _LARGE and not thing.requires_grad
            (self._at_the_end if large else self._put_back).append(put_back)
        self.places.extend(_places(thing))
        if isinstance(thing, Optimizer):
            self.optimizers.append(thing)
        if isinstance(thing, nn.Module):
            self.modules.append(thing)

    def restore(self, *, all_of_it: bool = False) -> None:
        """Put back what has changed; large data only with `all_of_it`."""
        for put_back in self._put_back:
            put_back()
        if all_of_it:
            for put_back in self._at_the_end:
                put_back()

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self.restore(all_of_it=True)
        except KeyboardInterrupt:  # a second Ctrl-C must not leave half of it
            self.restore(all_of_it=True)
            raise


def _keeper(thing: object) -> Callable[[], None] | None:
    """Remember a thing's state: return the function that puts it back."""
    if isinstance(thing, Tensor):
        return _tensor(thing)
    if isinstance(thing, dict):
        return _dict(thing)
    if isinstance(thing, list):
        return _list(thing)
    if isinstance(thing, (set, deque)):
        return _collection(thing)
    if isinstance(thing, Name):
        return _name(thing)
    if isinstance(thing, types.CellType):
        return _cell(thing)
    return _generator(thing)


def _tensor(tensor: Tensor) -> Callable[[], None] | None:
    if is_lazy(tensor) or tensor.layout != torch.strided or tensor.is_meta or tensor.is_inference():
        return None
    memory = tensor.data  # the same memory, seen past autograd: writing there leaves no trace
    value = memory.clone()
    leaf, requires_grad = tensor.is_leaf, tensor.requires_grad
    grad = tensor.grad if leaf else None

    def put_back() -> None:
        if leaf and not tensor.is_leaf:
            tensor.detach_()
        now = tensor.data
        if (now.data_ptr(), now.shape, now.stride(), now.dtype) != (
            memory.data_ptr(),
            memory.shape,
            memory.stride(),
            memory.dtype,
        ):
            tensor.data = memory
        if not _same(memory, value):
            memory.copy_(value)
        if tensor.requires_grad != requires_grad:
            tensor.requires_grad_(requires_grad)
        if leaf and tensor.grad is not grad:
            tensor.grad = grad

    return put_back


def _same(one: Tensor, other: Tensor) -> bool:
    if torch.equal(one, other):
        return True
    nan = one != one
    return bool(nan.any()) and bool(((one == other) | (nan & (other != other))).all())


def _dict(mapping: dict) -> Callable[[], None]:
    items = list(mapping.items())

    def put_back() -> None:
        now = list(mapping.items())
        if len(now) != len(items) or any(
            k is not key or v is not value for (k, v), (key, value) in zip(now, items, strict=True)
        ):
            mapping.clear()
            mapping.update(items)

    return put_back


def _list(values: list) -> Callable[[], None]:
    items = list(values)

    def put_back() -> None:
        if len(values) != len(items) or any(a is not b for a, b in zip(values, items, strict=True)):
            values[:] = items

    return put_back


def _collection(values: set | deque) -> Callable[[], None]:
    items = list(values)

    def put_back() -> None:
        values.clear()
        (values.update if isinstance(values, set) else values.extend)(items)

    return put_back


def _name(name: Name) -> Callable[[], None]:
    value = value_of(name)

    def put_back() -> None:
        if value_of(name) is not value:
            bind(name, value)

    return put_back


def _cell(cell: types.CellType) -> Callable[[], None] | None:
    try:
        value = cell.cell_contents
    except ValueError:
        return None

    def put_back() -> None:
        cell.cell_contents = value

    return put_back


def _generator(thing: object) -> Callable[[], None] | None:
    """Remember the state of a source of random numbers: PyTorch's, Python's or NumPy's."""
    if isinstance(thing, torch.Generator):
        state = thing.get_state()
        return lambda: thing.set_state(state)
    if isinstance(thing, random.Random):
        state = thing.getstate()
        return lambda: thing.setstate(state)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(thing, numpy.random.RandomState):
        state = thing.get_state()
        return lambda: thing.set_state(state)
    if numpy is not None and isinstance(thing, numpy.random.Generator):
        state = thing.bit_generator.state
        return lambda: setattr(thing.bit_generator, "state", state)
    return None


def _random_states() -> list[Callable[[], None]]:
    """Remember the global generators, and whether gradients are recorded."""
    state, python = torch.get_rng_state(), random.getstate()
    recording, dtype = torch.is_grad_enabled(), torch.get_default_dtype()
    found = [
        lambda: torch.set_rng_state(state),
        lambda: random.setstate(python),
        lambda: torch.set_grad_enabled(recording) and None,
        lambda: torch.set_default_dtype(dtype),
    ]
    if torch.cuda.is_available() and torch.cuda.is_initialized():
        devices = torch.cuda.get_rng_state_all()
        found.append(lambda: torch.cuda.set_rng_state_all(devices))
    if "numpy" in sys.modules:
        numpy = sys.modules["numpy"].random
        numbers = numpy.get_state()
        found.append(lambda: numpy.set_state(numbers))
    return found


def _contents(thing: object) -> list:
    """Return what a name or a cell holds."""
    if isinstance(thing, Name):
        return [value_of(thing)]
    if isinstance(thing, types.CellType):
        try:
            return [thing.cell_contents]
        except ValueError:
            return []
    return []


def _places(thing: object) -> list[tuple[object, object, Tensor]]:
    """Return where tensors stand in it: (container, key, tensor)."""
    if isinstance(thing, dict):
        pairs = list(thing.items())
    elif isinstance(thing, list):
        pairs = list(enumerate(thing))
    else:
        pairs = [(None, value) for value in _contents(thing)]
    return [(thing, key, value) for key, value in pairs if isinstance(value, Tensor)]


def now_at(container: object, key: object) -> object:
    """Return what stands at a place now."""
    if isinstance(container, Name):
        return value_of(container)
    if isinstance(container, types.CellType):
        return (_contents(container) or [None])[0]
    if isinstance(container, dict):
        return container.get(key)
    return container[key] if key < len(container) else None
