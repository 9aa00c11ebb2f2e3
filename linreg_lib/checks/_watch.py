"""Watch one run of a step: every operation, every gradient's arrival, every optimizer's step.

What it looks at are names and arguments of operations, as `TorchFunctionMode` shows them.
"""

import contextlib
import weakref
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor
from torch.optim import Optimizer
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)
from torch.overrides import TorchFunctionMode

from linreg_lib.checks._operations import (
    ARITHMETIC,
    CLEARED,
    DETACHED,
    NUMBERS,
    Pairing,
    asks,
    averages,
    dense,
    featurewise,
    lost,
    name_of,
    nothing,
    pairing,
    writes,
)
from linreg_lib.checks._origins import Cut, Origin, Origins, tensors_in


@dataclass
class Parameter:
    """What happened to one parameter in one run.

    Attributes:
        arrived: its gradients, one for each `backward` (or `autograd.grad`) that reached it.
        first_total: `.grad` after the first of them.
        value: the parameter's own value when the first of them arrived.
        used, edited_at: when an operation last had it as an input, and when it was last changed
            through `.data`.
        edited: so changed after its last use and before its gradient arrived.
        remade: arithmetic made a new tensor of it and its gradient.
        changed_by_zero: its update used a gradient of zeros.
        seen_empty: its gradient was looked at while it was None, after one had arrived.
        asked: an operation used its gradient, for more than clearing it.
        updated: changed in place by its gradient.
        scaled: its gradient was changed in place after that (a momentum kept in `.grad`).
    """

    arrived: list[Tensor] = field(default_factory=list)
    first_total: Tensor | None = None
    value: Tensor | None = None
    used: int = 0
    edited_at: int = 0
    edited: bool = False
    remade: bool = False
    changed_by_zero: bool = False
    seen_empty: bool = False
    asked: bool = False
    updated: bool = False
    scaled: bool = False


@dataclass
class OptimizerStep:
    """One call of an optimizer's `step`.

    Attributes:
        holds: indices of the parameters that it was made for.
        empty: those of them whose gradient was None or zero at the call.
        late: those of them whose gradient arrived inside the call (a closure).
        arrived: those whose gradient had arrived before it.
        idle: whether its learning rate was 0, in all groups, with no scheduler to raise it.
    """

    optimizer: Optimizer
    holds: set[int]
    empty: set[int]
    arrived: set[int]
    late: set[int] = field(default_factory=set)
    idle: bool = False


class Watch(TorchFunctionMode):
    """The facts of one call of a step; a context manager around it.

    Args:
        leaves: the parameters.
        X, y: what the step is handed.
        counts: numbers of examples by which an average may divide.
        on_optimizer: called with each optimizer, before its first step.
        thorough: whether to follow every operation, or only `backward` and what arrives.
    """

    def __init__(self, leaves, X, y, counts: set[int], on_optimizer, thorough: bool):
        super().__init__()
        self.thorough = thorough
        self.leaves = leaves
        self.params = [Parameter() for _ in leaves]
        self.index = {id(leaf): i for i, leaf in enumerate(leaves)}
        self.size, self.counts = len(X), {c for c in counts if c > 2}
        self.on_optimizer = on_optimizer
        self.origins = Origins()
        self.origins[X] = Origin(features=True)
        self.origins[y] = Origin(labels=True)
        for i, leaf in enumerate(leaves):
            self.origins[leaf] = Origin(params=frozenset({i}))
        self.clock = 0
        self.losses: list[tuple[int, Origin, float]] = []
        self.cuts: list[Cut] = []
        self.pairings: list[Pairing] = []
        self.labels_used = False
        self.averaged = 0  # the most often that a loss or a gradient was averaged
        self.tokens: list[weakref.ref] = []
        self.optimizer_steps: list[OptimizerStep] = []
        self._within: list[OptimizerStep] = []

    # -- entering and leaving

    def __enter__(self):
        self._handles = [h for i, leaf in enumerate(self.leaves) for h in self._hooked(i, leaf)]
        self._handles.append(register_optimizer_step_pre_hook(self._optimizer_begins))
        self._handles.append(register_optimizer_step_post_hook(self._optimizer_ends))
        return super().__enter__()

    def __exit__(self, *error):
        for handle in self._handles:
            handle.remove()
        return super().__exit__(*error)

    def _hooked(self, i: int, leaf: Tensor) -> list:
        if not (leaf.is_leaf and leaf.requires_grad):
            return []
        param = self.params[i]

        def arrived(gradient: Tensor) -> None:
            if param.value is None:
                param.value = leaf.detach().clone()
            param.arrived.append(dense(gradient).clone())
            param.edited |= param.edited_at > param.used
            for step in self._within:
                step.late.add(i)

        def added(leaf: Tensor) -> None:
            if param.first_total is None and leaf.grad is not None:
                param.first_total = dense(leaf.grad).clone()

        return [leaf.register_hook(arrived), leaf.register_post_accumulate_grad_hook(added)]

    # -- optimizers

    def _optimizer_begins(self, optimizer: Optimizer, args: tuple, kwargs: dict) -> None:
        self.on_optimizer(optimizer)
        held = [p for group in optimizer.param_groups for p in group["params"]]
        holds = {self.index[id(p)] for p in held if id(p) in self.index}
        empty = {i for i in holds if nothing(self.leaves[i].grad)}
        arrived = {i for i in holds if any(g.any() for g in self.params[i].arrived)}
        step = OptimizerStep(optimizer, holds, empty, arrived, idle=_is_idle(optimizer))
        self.optimizer_steps.append(step)
        self._within.append(step)

    def _optimizer_ends(self, optimizer: Optimizer, args: tuple, kwargs: dict) -> None:
        self._within = [step for step in self._within if step.optimizer is not optimizer]
        for group in optimizer.param_groups:
            for param in group["params"]:
                if id(param) in self.index:
                    self.params[self.index[id(param)]].updated = True

    # -- operations

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        name = name_of(func)
        self.clock += 1
        # Some tensors have no values to look at (those inside `vmap`), or no storage: watching
        # must not stop a step.
        if name in ("backward", "grad"):
            with contextlib.suppress(RuntimeError, NotImplementedError):
                self._walked_back(name, args, kwargs)
        result = func(*args, **kwargs)
        if self.thorough and not asks(name):
            inputs = list(tensors_in([args, kwargs]))
            with contextlib.suppress(RuntimeError, NotImplementedError):
                if inputs:
                    self._computed(name, inputs, args, kwargs, result)
        return result

    def _walked_back(self, name: str, args: tuple, kwargs: dict) -> None:
        roots = args[:1] or (kwargs.get("tensors") or kwargs.get("outputs"),)
        for loss in tensors_in(roots[0]):
            value = float(loss.detach().sum())
            origin = self.origins[loss]
            self.losses.append((self.clock, origin, value))
            self.averaged = max(self.averaged, origin.averaged)
            if loss.grad_fn is not None:
                token = loss.grad_fn.metadata.setdefault("linreg_lib.checks", _Token())
                self.tokens.append(weakref.ref(token))

    def _computed(self, name, inputs, args, kwargs, result) -> None:
        if name == "grad.get":
            self._gradient_read(inputs[0], result)
            return
        if name == "grad":
            self._gradients_returned(kwargs, args, result)
            return
        if name in NUMBERS:
            self._number(name, inputs, result)
            return
        outputs = list(tensors_in(result))
        leaves = [self._leaf(t) for t in inputs]
        origin = self.origins.together(inputs)
        if origin.averaged and outputs and self._each(outputs[0]):
            # A mean that meets examples, `h - h.mean(0)`, leaves them examples.
            each = [self.origins[t].averaged for t in inputs if self._each(t)]
            origin = replace(origin, averaged=max(each, default=0))
        self.labels_used |= origin.labels and bool(outputs)
        cut = self._cut(name, inputs, outputs)
        if cut is not None:
            self.cuts.append(cut)
            origin = replace(origin, cuts=origin.cuts | {cut})
        counted = outputs and (origin.gradient is not None or origin.params)
        if counted and averages(name, inputs, args, kwargs, outputs, (self.size, self.counts)):
            origin = replace(origin, averaged=origin.averaged + 1)
        if featurewise(name, inputs, outputs, self.origins):
            origin = replace(origin, featurewise=True)
        met = pairing(name, inputs, self.origins)
        if met is not None:
            self.pairings.append(met)
        self._update(name, inputs, leaves, outputs, origin)
        if any(t.requires_grad for t in outputs):
            for i in leaves:
                if i is not None:
                    self.params[i].used = self.clock
        for tensor in outputs:
            if id(tensor) not in self.index:
                self._remember(name, inputs, tensor, origin, alone=len(outputs) == 1)

    def _each(self, tensor: Tensor) -> bool:
        """Tell whether a tensor has a row for each example."""
        return tensor.ndim > 0 and tensor.shape[0] == self.size

    def _remember(self, name, inputs, tensor: Tensor, origin: Origin, alone: bool) -> None:
        """Note where a result comes from."""
        if writes(name):
            if self.origins[tensor].hidden is None:
                self.origins[tensor] = origin
            return
        # `max(dim=1)` gives values, which have a derivative, and indices, which have none.
        if not alone and not tensor.requires_grad:
            cut = self._cut(name, inputs, [tensor])
            if cut is not None:
                origin = replace(origin, cuts=origin.cuts | {cut})
        self.origins[tensor] = self._hidden(name, inputs[0], tensor, origin)

    # -- what an operation tells

    def _leaf(self, tensor: Tensor) -> int | None:
        """Return the index of the parameter that this is, or whose memory it is."""
        i = self.index.get(id(tensor))
        return self.origins[tensor].hidden if i is None else i

    def _hidden(self, name: str, source: Tensor, tensor: Tensor, origin: Origin) -> Origin:
        i = self._leaf(source)
        known = self.origins[source].hidden is not None or name in DETACHED
        same = i is not None and known and _memory(tensor) == _memory(source)
        return replace(origin, hidden=i) if same else origin

    def _gradient_read(self, tensor: Tensor, gradient: Tensor | None) -> None:
        i = self._leaf(tensor)
        if i is None:
            return
        if gradient is None:
            self.params[i].seen_empty |= bool(self.params[i].arrived)
        else:
            averaged = max([0, *(origin.averaged for _, origin, _ in self.losses)])
            self.origins[gradient] = Origin(gradient=i, averaged=averaged)

    def _gradients_returned(self, kwargs: dict, args: tuple, result: object) -> None:
        inputs = tensors_in(args[1] if len(args) > 1 else kwargs.get("inputs"))
        for tensor, gradient in zip(inputs, tensors_in(result), strict=False):
            averaged = self.losses[-1][1].averaged if self.losses else 0
            self.origins[gradient] = Origin(gradient=self._leaf(tensor), averaged=averaged)

    def _number(self, name: str, inputs: list[Tensor], result: object) -> None:
        origin = self.origins[inputs[0]]
        if origin.params:
            value = float(result) if isinstance(result, (int, float)) else None
            self.cuts.append(Cut("number", name, origin.params, self.clock, value))

    def _cut(self, name, inputs, outputs) -> Cut | None:
        if self._within and not torch.is_grad_enabled():
            return None  # an optimizer at work
        needing = [t for t in inputs if t.requires_grad]
        params = frozenset().union(*(self.origins[t].params for t in needing))
        kind = lost(name, inputs, outputs) if params and outputs else None
        return Cut(kind, name, params, self.clock) if kind else None

    def _update(self, name, inputs, leaves, outputs, origin: Origin) -> None:
        """Note what this operation does to a parameter."""
        gradients = [t for t in inputs if self.origins[t].gradient is not None]
        writing = writes(name)
        if writing and self.origins[inputs[0]].gradient is not None and name not in CLEARED:
            param = self.params[self.origins[inputs[0]].gradient]
            param.scaled |= param.updated
        if gradients and name not in CLEARED and not name.endswith(".get"):
            self.params[self.origins[gradients[0]].gradient].asked = True
        for i, tensor in zip(leaves, inputs, strict=True):
            if i is None:
                continue
            param = self.params[i]
            target = writing and tensor is inputs[0]
            hidden = self.origins[tensor].hidden is not None
            if (target and hidden) or (name == "data.set" and tensor is inputs[0]):
                param.edited_at = self.clock
            if not gradients or self._within:
                continue
            self.averaged = max(self.averaged, origin.averaged)
            if target:
                param.updated = True
                param.changed_by_zero |= all(nothing(g) for g in gradients)
            elif name in ARITHMETIC and outputs and outputs[0].shape == tensor.shape:
                param.remade = True
                param.changed_by_zero |= all(nothing(g) for g in gradients)


class _Token:
    """Lives as long as the graph node whose metadata holds it."""


def _is_idle(optimizer: Optimizer) -> bool:
    """Tell whether an optimizer's learning rates are 0, and no scheduler is there to raise them."""
    groups = optimizer.param_groups
    return not any("initial_lr" in group or group.get("lr", 1) != 0 for group in groups)


def _memory(tensor: Tensor) -> int:
    return tensor.untyped_storage().data_ptr()
