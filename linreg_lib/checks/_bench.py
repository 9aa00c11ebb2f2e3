"""Run a step, as often as a check needs, each time from the same state of everything."""

import contextlib
import gc
import io
import time
import warnings
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from linreg_lib.checks._call import Given
from linreg_lib.checks._operations import dense
from linreg_lib.checks._origins import tensors_in
from linreg_lib.checks._restore import Snapshot, now_at
from linreg_lib.checks._watch import Watch


class OutOfTime(Exception):
    """The time for probing is over."""


@dataclass
class Run:
    """What calls of the step did, one after the other, from one state.

    Attributes:
        start: the parameters' values before.
        calls: the facts of each call.
        states: the parameters after each call: the same tensors, or those that took their place.
        values, left: what they were then, and what stood in their `.grad`.
        error: what ended the run early.
        returned_graph: whether the step returned a tensor with its graph.
        graphs_kept: whether the graph of the first call is still held after the last.
        returned: whether the new parameters were handed back by the step.
    """

    start: list[Tensor]
    calls: list[Watch] = field(default_factory=list)
    states: list[list[Tensor]] = field(default_factory=list)
    values: list[list[Tensor]] = field(default_factory=list)
    left: list[list[Tensor | None]] = field(default_factory=list)
    error: Exception | None = None
    returned_graph: bool = False
    graphs_kept: bool = False
    returned: bool = False

    def moved(self, i: int) -> bool:
        """Tell whether a call left parameter i elsewhere."""
        return any(not torch.equal(values[i], self.start[i]) for values in self.values)

    def moved_any(self) -> bool:
        """Tell whether any parameter moved."""
        return any(self.moved(i) for i in range(len(self.start)))

    def displacement(self) -> Tensor:
        """Return by how much the first call moved the parameters, as one vector."""
        return flat(self.values[0]) - flat(self.start)


class Bench:
    """Runs the step on the caller's own objects, and puts them back before each run.

    Attributes:
        tensors, names: the parameters and what messages call them.
        X, y: the data. size: examples in a minibatch.
        repeat: how often the step is called for one update (gradients that are accumulated over
            several calls).
        snapshot: all that the step can reach.
        functional: whether the step returns new parameters.
    """

    def __init__(self, step, call, params: Given, X, y, size, generators, time_limit):
        self.call, self.params = call, params
        self.tensors, self.names = params.tensors, params.names
        self.X, self.y, self.size, self.repeat = X.detach().clone(), y.detach().clone(), size, 1
        self.deadline = time.monotonic() + time_limit
        self.snapshot = Snapshot(step, params.holder, list(self.tensors), generators, X, y)
        self.own = [t.detach().clone() for t in self.tensors]
        self.own_grads = [t.grad if t.is_leaf else None for t in self.tensors]
        self.at = [[] for _ in self.tensors]
        index = {id(t): i for i, t in enumerate(self.tensors)}
        for container, key, value in self.snapshot.places:
            if id(value) in index:
                self.at[index[id(value)]].append((container, key))
        self.runs, self.functional = 0, False

    def trained(self) -> list[int]:
        """Return the indices of the parameters that require grad."""
        return [i for i, t in enumerate(self.tensors) if t.requires_grad]

    def named(self, which) -> str:
        """Return the names of parameters, joined for a sentence; at most three of them."""
        names = [f"`{self.names[i]}`" for i in sorted(which)]
        if len(names) > 3:
            names = [*names[:2], "..."]
        return ", ".join(names)

    def near(self, displacement: float = 0.1, seed: int = 0) -> list[Tensor]:
        """Values near the parameters: at a minimum, or at zero, some mistakes do not show."""
        generator = torch.Generator().manual_seed(seed)
        return [
            v + displacement * torch.randn(v.shape, generator=generator).to(v)
            if t.requires_grad and v.is_floating_point()
            else v.clone()
            for t, v in zip(self.tensors, self.own, strict=True)
        ]

    def run(
        self, start=None, *batches, calls: int = 1, thorough: bool = True, until_moved=False
    ) -> Run:
        """Call the step on the first minibatch, unless another is given.

        Args:
            start: the parameters' values, their own if None.
            batches: minibatches (X, y), taken in turn.
            calls: how many steps to take, one after the other.
            thorough: whether to follow every operation; False is faster.
            until_moved: whether to end with the first call that moves a parameter.
        """
        if time.monotonic() > self.deadline:
            raise OutOfTime
        self.snapshot.restore()
        self._set(self.own if start is None else start)
        batches = batches or [(self.X[: self.size], self.y[: self.size])]
        run = Run([v.clone() for v in (start or self.own)])
        first: list = []
        with _quietly(self.runs > 0):
            self.runs += 1
            holder = self.params.holder
            for number in range(calls):
                batch = batches[number % len(batches)]
                try:
                    holder, tokens = self._once(run, holder, batch, thorough or self.functional)
                except Exception as error:
                    if self.runs == 1 and number == 0:
                        raise
                    run.error = error
                    break
                first = first or tokens
                if until_moved and run.moved_any():
                    break
            run.graphs_kept = calls > 2 and run.error is None and _alive(first)
        return run

    def _once(self, run: Run, holder, batch: tuple, thorough: bool) -> tuple[object, list]:
        X, y = (t.clone() for t in batch)
        leaves = run.states[-1] if run.states else self.tensors
        counts = {len(X), 2 * len(X), self.size}
        watch = Watch(leaves, X, y, counts, self._met, thorough)
        with watch:
            for _ in range(self.repeat):
                result = self.call(holder, X, y)
        state = self._state(leaves, result, watch, run)
        run.calls.append(watch)
        run.states.append(state)
        run.values.append([t.detach().clone() for t in state])
        run.left.append([_gradient(t) for t in state])
        run.returned_graph |= any(t.grad_fn is not None for t in tensors_in(result)) and (
            not run.returned
        )
        return self._next_holder(holder, result, state, run), watch.tokens

    def _met(self, optimizer) -> None:
        if not any(optimizer is known for known in self.snapshot.optimizers):
            self.snapshot.add(optimizer)

    def _set(self, values: list[Tensor]) -> None:
        """Write values into the parameters, and start from gradients of nothing."""
        for tensor, value, grad in zip(self.tensors, values, self.own_grads, strict=True):
            tensor.data.copy_(value)
            if tensor.is_leaf:
                tensor.grad = None if grad is None else torch.zeros_like(tensor)

    def _state(self, leaves, result, watch, run) -> list[Tensor]:
        """Return the parameters after a call, or the tensors that took their places."""
        state = list(leaves)
        before = run.values[-1] if run.values else run.start
        for i, leaf in enumerate(leaves):
            if not torch.equal(leaf.detach(), before[i]):
                continue  # it was changed in place: another name for it means nothing
            for container, key in self.at[i]:
                now = now_at(container, key)
                if isinstance(now, Tensor) and now is not leaf and now.shape == leaf.shape:
                    state[i] = now
        untouched = all(
            new is old and torch.equal(new.detach(), value)
            for new, old, value in zip(state, leaves, before, strict=True)
        )
        if untouched:
            new = [t for t in tensors_in(result) if not any(t is leaf for leaf in leaves)]
            found = [self._made_of(i, leaf, new, watch) for i, leaf in enumerate(leaves)]
            if any(t is not None for t in found):
                run.returned = self.functional = True
                state = [old if t is None else t for t, old in zip(found, leaves, strict=True)]
        return state

    @staticmethod
    def _made_of(i: int, leaf: Tensor, tensors: list[Tensor], watch: Watch) -> Tensor | None:
        """Find the tensor that was made of parameter i alone, and is no copy of it."""
        for tensor in tensors:
            made = watch.origins[tensor].params == {i} or isinstance(tensor, nn.Parameter)
            fits = made and tensor.shape == leaf.shape
            if fits and not torch.equal(tensor.detach(), leaf.detach()):
                return tensor
        return None

    @staticmethod
    def _next_holder(holder, result, state, run):
        if not run.returned:
            return holder
        if isinstance(holder, dict) and len(holder) == len(state):
            return dict(zip(holder, state, strict=True))
        if isinstance(holder, (list, tuple)) and len(holder) == len(state):
            return type(holder)(state) if type(holder) in (list, tuple) else list(state)
        return holder


def _gradient(tensor: Tensor) -> Tensor | None:
    if not tensor.is_leaf or tensor.grad is None:
        return None
    return dense(tensor.grad).clone()


def flat(tensors: list[Tensor]) -> Tensor:
    """Return the numbers of several tensors as one vector, in double precision."""
    return torch.cat([vector(t) for t in tensors])


def vector(tensor: Tensor) -> Tensor:
    """Return the numbers of a tensor in a row; of a complex one, both parts."""
    tensor = tensor.detach()
    return (torch.view_as_real(tensor) if tensor.is_complex() else tensor).reshape(-1).double()


def _alive(tokens: list) -> bool:
    if any(token() is not None for token in tokens):
        gc.collect()  # a cycle that nobody holds is not kept
    return any(token() is not None for token in tokens)


@contextlib.contextmanager
def _quietly(quiet: bool):
    """Drop what the step prints after its first run, and the warnings it repeats."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        if quiet:
            stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        yield
