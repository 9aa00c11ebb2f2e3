"""All that a recording asks of tensors, nodes and the engine: the recorder's only way to them.

PyTorch's answers are in `linreg_lib.autograd.probe`; another implementation of tensors answers by a
probe of its own. A probe only looks: it evaluates, frees, fills and warns of nothing, bumps no
version, and calls no code of the program. A tensor and a node are whatever the implementation has.
"""

from collections.abc import Callable, Hashable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass
class SavedTensor:
    """A tensor that a node saved: its name, its state (`format.SavedState`), itself if readable."""

    name: str
    state: str
    tensor: Any = None


@dataclass
class TensorFacts:
    """What a tensor says of itself, but for its numbers and its gradient."""

    shape: list[int]
    dtype: str  # "float32"
    device: str
    requires_grad: bool
    is_leaf: bool
    node: Any  # its grad_fn, or None
    version: int | None  # None: it does not count changes
    note: str | None = None  # why something could not be read
    grad: Any = None  # its gradient, where reading it makes no warning


@dataclass
class EngineCall:
    """One call of the engine that walks the graph backward."""

    roots: list  # nodes of the tensors that it starts from
    fills: bool  # whether it fills .grad (backward) or returns gradients (grad)
    keep_graph: bool
    create_graph: bool
    results: list = field(default_factory=list)  # while `fills` is False: the gradients


class Probe(Protocol):
    """What a recording asks."""

    engine: str  # who computes, as it is shown: "PyTorch 2.13.0"

    # Tensors
    def is_tensor(self, kind: type) -> bool:
        """Tell whether the objects of a class are tensors."""

    def looking(self) -> AbstractContextManager:
        """Return a context in which the program's own hooks and modes do not see us looking."""

    def facts(self, tensor) -> TensorFacts:
        """Return what a tensor says of itself."""

    def version(self, tensor) -> int | None:
        """Return how often a tensor was changed in place, None if it is not counted."""

    def gradient(self, tensor) -> Any:
        """Return a leaf's gradient, or None."""

    def array(self, tensor) -> Any:
        """Return the elements with `ndim shape size nbytes any() tobytes() item() reshape() [...]`.

        Raises RuntimeError, TypeError or NotImplementedError where a tensor cannot be read.
        """

    def numbers(self, tensor, most: int) -> tuple[list[int], list[float] | None, float]:
        """Return shape, the numbers row by row (None if there are more than `most`), and norm.

        Raises as `array` does.
        """

    def storage(self, tensor) -> Any:
        """Return the memory that a tensor shows, or None."""

    def address(self, storage) -> Hashable:
        """Return what tells two storages apart while both are held."""

    def hold(self, storage) -> Any:
        """Return a weak hold, with `expired()`, that keeps the address from being given again."""

    def place(self, tensor) -> Hashable | None:
        """Return which elements of its storage a tensor shows, None if it has no storage."""

    # Nodes
    def name(self, node) -> str:
        """Return a node's name, such as "MulBackward0"."""

    def variable(self, node) -> Any:
        """Return the leaf whose gradient the node fills; None of any other node."""

    def shape(self, node) -> list[int] | None:
        """Return the shape of the operation's first output, None where it is not kept."""

    def inputs(self, node) -> Iterable[tuple[int, Any, int]]:
        """Return (slot, node, number): the input, the node that made it and which output it was."""

    def saved(self, node) -> list[SavedTensor]:
        """Return the node's saved tensors in a fixed order; [] if it saves sizes only."""

    def constants(self, node) -> dict[str, Any]:
        """Return the numbers that belong to the operation itself: exponent, alpha, dim ..."""

    def age(self, node) -> int:
        """Return a number that is larger for nodes made later."""

    def marks(self, node) -> dict:
        """Return a dictionary that lives as long as the node."""

    # The engine
    def grad_enabled(self) -> bool:
        """Tell whether operations are recorded in the graph now."""

    def set_grad_enabled(self, value: bool) -> None:
        """Set that."""

    def engine_calls(self, around: Callable) -> AbstractContextManager:
        """Return a context in which `around(call, run)` stands for each call of the engine.

        It must call `run()` once, let its exceptions through, and return its result.
        """

    def watch(self, node, before: Callable, after: Callable) -> list:
        """Have `before(incoming)` and `after(outgoing, incoming)` called as the engine comes by.

        Both get tuples of tensors or None and must keep none. Returns handles with `remove()`.
        """
