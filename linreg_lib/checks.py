"""Find the silent mistakes of a training step, those that raise no error (book: Pitfalls)."""

import copy
import gc
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from linreg_lib._book import where_to_read
from linreg_lib.hints import hints
from linreg_lib.pitfalls import PITFALLS

_DIFFERENCES = {"sub", "__sub__", "__rsub__", "rsub", "subtract", "__isub__", "sub_"}
_LOSSES = {"mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"}


@dataclass(frozen=True)
class Finding:
    """One mistake that would go unnoticed.

    Attributes:
        pitfall: its name in `linreg_lib.pitfalls.PITFALLS`.
        message: what was seen, with the parameter and the numbers.
    """

    pitfall: str
    message: str

    @property
    def address(self) -> str:
        """The section of the book, relative to the built book's root."""
        return PITFALLS[self.pitfall].address

    def __str__(self) -> str:
        cure = PITFALLS[self.pitfall].cure
        return f"{self.message}\n  Cure: {cure}\n  {where_to_read(self.address)}"


def check_training_step(
    step: Callable,
    params: Sequence[Tensor] | nn.Module,
    X: Tensor,
    y: Tensor,
    *,
    batch_size: int | None = None,
) -> list[Finding]:
    """Run a training step on copies and report what would go wrong without an error.

        def step(params, X, y):
            w, b = params
            loss = ((X @ w + b - y) ** 2 / 2).mean()
            loss.backward()
            ...

        check_training_step(step, [w, b], X, y, batch_size=10)

    Args:
        step: `step(params, X, y)`, one whole step on one minibatch: forward pass, loss, backward,
            update, clearing. It works on the `params` that it is handed. It may return a number,
            or the new parameters where it does not change them in place.
        params: the parameters, a list of leaves that require grad, or a module. They and their
            gradients stay as they are; the step sees copies of them, slightly displaced.
        X: features (n, ...) of the training data, y: labels (n, ...).
        batch_size: examples in a minibatch; None for all of them at once.

    Returns:
        the findings, an empty list where there are none.

    Raises:
        TypeError, ValueError: for arguments that do not fit, or a step that changes other
            parameters than those it is handed. Whatever the step itself raises passes through,
            with a hint.
    """
    if not isinstance(params, nn.Module):
        if isinstance(params, Tensor) or not all(isinstance(p, Tensor) for p in params):
            raise TypeError("params must be a list of tensors or a module. Write [w, b].")
        params = list(params)
    tensors = list(params.parameters()) if isinstance(params, nn.Module) else params
    if not tensors:
        raise ValueError("params must hold at least one tensor; got none. Write [w, b].")
    if len(X) != len(y):
        raise ValueError(f"X and y must have the same length; got {len(X)} and {len(y)}.")
    n = len(X)
    if batch_size is not None and not 1 <= batch_size <= n:
        raise ValueError(f"batch_size must be between 1 and {n}; got {batch_size}.")
    findings = [
        Finding("not-a-leaf", f"params[{i}] is the output of an operation, not a leaf.")
        for i, p in enumerate(tensors)
        if not p.is_leaf
    ]
    if not any(p.requires_grad for p in tensors):
        findings.append(Finding("requires-grad-missing", "No parameter requires grad."))
    if findings:
        return findings
    with torch.random.fork_rng(devices=[]), _Untouched(tensors), hints():
        return _findings(_Bench(step, params, X, y, batch_size or n))


def _findings(bench: "_Bench") -> list[Finding]:
    start = bench.start(0.1)
    with _Broadcasts(bench.batch_size) as broadcasts:
        run = bench.run(start)
    found = [Finding("broadcast-n-n", text) for text in broadcasts.seen[:1]]
    updates = _lost_updates(run, start)
    found += updates
    if run.result_has_graph or run.graph_kept():
        where = "returned" if run.result_has_graph else "kept"
        text = f"The loss is {where} with its graph: a total of such losses keeps every graph."
        found.append(Finding("total-keeps-graph", text))
    if updates:
        return found
    found += _not_cleared(bench, start)
    found += _ignored_gradients(bench, start)
    if not found:
        found += _too_long(bench, start)
        found += _short_batch(bench, start)
    return found


@dataclass
class _Run:
    """What one step did to the copies that it was handed."""

    leaves: list[Tensor]
    state: list[Tensor]
    versions: list[int]
    raw: list[list[Tensor]]  # gradients as they reached each leaf, in the order they came
    accumulated: dict[int, Tensor]  # .grad after the last backward
    tokens: list[weakref.ref] = field(default_factory=list)
    result_has_graph: bool = False

    def graph_kept(self) -> bool:
        """Tell whether something still holds the step's graph, now that the step is over."""
        gc.collect()
        return any(token() is not None for token in self.tokens)


class _Token:
    """Lives as long as the graph node whose metadata holds it."""


class _Bench:
    """Runs the step on fresh copies of the parameters, as often as a check needs."""

    def __init__(self, step, params, X, y, batch_size):
        self.step, self.params, self.batch_size = step, params, batch_size
        self.X, self.y = X.detach().clone(), y.detach().clone()
        self.tensors = list(params.parameters()) if isinstance(params, nn.Module) else params

    def start(self, displacement: float, seed: int = 0) -> list[Tensor]:
        """Values near the parameters: at a minimum, or at zero, some mistakes do not show."""
        generator = torch.Generator().manual_seed(seed)
        return [
            p.detach() + displacement * torch.randn(p.shape, generator=generator).to(p)
            for p in self.tensors
        ]

    def handed(self, values: list[Tensor]) -> tuple[list[Tensor], list[Tensor] | nn.Module]:
        """Copy the parameters with these values: the leaves, and what the step is handed."""
        if isinstance(self.params, nn.Module):
            module = copy.deepcopy(self.params)
            leaves = list(module.parameters())
            for leaf, value in zip(leaves, values, strict=True):
                leaf.grad = None
                leaf.data = value.clone()
            return leaves, module
        leaves = [
            value.clone().requires_grad_(p.requires_grad)
            for value, p in zip(values, self.tensors, strict=True)
        ]
        return leaves, list(leaves)

    def run(self, values: list[Tensor], X=None, y=None, handed=None) -> _Run:
        """Take one step from these values, on the first minibatch unless another is given."""
        leaves, holder = handed or self.handed(values)
        X = self.X[: self.batch_size] if X is None else X
        y = self.y[: self.batch_size] if y is None else y
        run = _Run(leaves, [], [p._version for p in leaves], [[] for _ in leaves], {})
        hooks = [hook for i, leaf in enumerate(leaves) for hook in _watch(run, i, leaf)]
        result = self.step(holder, X.clone(), y.clone())
        for hook in hooks:
            hook.remove()
        run.result_has_graph = isinstance(result, Tensor) and result.grad_fn is not None
        held = list(holder.parameters()) if isinstance(holder, nn.Module) else holder
        run.state = _new_params(result, leaves) or held
        return run

    def displacement(self, values: list[Tensor], X=None, y=None) -> Tensor:
        """Return by how much one step moves the parameters, as one vector."""
        state = self.run(values, X, y).state
        return _flat(state) - _flat(values)


def _watch(run: _Run, i: int, leaf: Tensor) -> list:
    if not leaf.requires_grad:
        return []

    def arrived(gradient: Tensor) -> None:
        run.raw[i].append(gradient.detach().clone())
        with torch.enable_grad():
            node = leaf.view_as(leaf).grad_fn.next_functions[0][0]
        if not any(isinstance(value, _Token) for value in node.metadata.values()):
            token = node.metadata["linreg_lib.checks"] = _Token()
            run.tokens.append(weakref.ref(token))

    def added(leaf: Tensor) -> None:
        run.accumulated[i] = leaf.grad.detach().clone()

    return [leaf.register_hook(arrived), leaf.register_post_accumulate_grad_hook(added)]


def _new_params(result: object, leaves: list[Tensor]) -> list[Tensor] | None:
    if (
        isinstance(result, (list, tuple))
        and len(result) == len(leaves)
        and all(isinstance(r, Tensor) for r in result)
        and all(r.shape == p.shape for r, p in zip(result, leaves, strict=True))
    ):
        return list(result)
    return None


def _flat(tensors: list[Tensor]) -> Tensor:
    return torch.cat([t.detach().reshape(-1).double() for t in tensors])


def _lost_updates(run: _Run, start: list[Tensor]) -> list[Finding]:
    found = []
    for i, (leaf, now, before) in enumerate(zip(run.leaves, run.state, start, strict=True)):
        if not leaf.requires_grad:
            continue
        if not now.is_leaf:
            text = f"After the step params[{i}] is the output of an operation, no leaf."
            found.append(Finding("rebind-update", text))
        elif not now.requires_grad:
            text = f"After the step params[{i}] does not require grad any more."
            found.append(Finding("rebind-under-no-grad", text))
        elif torch.equal(now.detach(), before):
            gradient = sum(run.raw[i]) if run.raw[i] else None
            if gradient is None:
                text = f"No gradient reached params[{i}], and the step left it unchanged."
                found.append(Finding("no-grad-forward", text))
            elif gradient.abs().max() > 0:
                text = f"The step left params[{i}] unchanged, though its gradient is not zero."
                same = leaf._version == run.versions[i]
                found.append(Finding("rebind-loop-variable" if same else "zero-before-step", text))
    return found


def _not_cleared(bench: _Bench, start: list[Tensor]) -> list[Finding]:
    """Take two steps on the same copies: does the second use gradients of the first?"""
    handed = bench.handed(start)
    first = bench.run(start, handed=handed)
    if any(now is not leaf for now, leaf in zip(first.state, first.leaves, strict=True)):
        return []
    second = bench.run(start, handed=handed)
    left = []
    for i, total in second.accumulated.items():
        own = sum(second.raw[i])
        if (total - own).norm() > 1e-3 * (total.norm() + own.norm()):
            left.append(i)
    if not left:
        return []
    names = ", ".join(f"params[{i}]" for i in left)
    text = f"The second step still uses the first step's gradient of {names}."
    name = "forgotten-zero" if len(left) == len(second.accumulated) else "zero-one-of-two"
    return [Finding(name, text)]


def _ignored_gradients(bench: _Bench, start: list[Tensor]) -> list[Finding]:
    """Change the labels: a parameter that moves as before follows itself, not its gradient."""
    if not bench.y.is_floating_point():
        return []
    elsewhere = bench.start(0.1, seed=1)
    generator = torch.Generator().manual_seed(2)
    y = bench.y[: bench.batch_size]
    labels = y + torch.randn(y.shape, generator=generator).to(y)
    here, other, there = bench.run(start), bench.run(start, y=labels), bench.run(elsewhere)
    found = []
    for i, (now, same, far) in enumerate(zip(here.state, other.state, there.state, strict=True)):
        if not here.raw[i] or torch.allclose(sum(here.raw[i]), sum(other.raw[i]), rtol=1e-2):
            continue
        # What a step keeps of the parameter, before and after: the same fraction everywhere.
        kept = [t.detach() / v for t, v in ((now, start[i]), (same, start[i]), (far, elsewhere[i]))]
        if all(torch.allclose(k, kept[0].reshape(-1)[0], rtol=1e-4) for k in kept):
            fraction = 1 - float(kept[0].reshape(-1)[0])
            text = f"Each step takes {fraction:.3g} of params[{i}] itself away, whatever the loss."
            found.append(Finding("weight-decay-typo", text))
    return found


def _too_long(bench: _Bench, start: list[Tensor]) -> list[Finding]:
    """Measure learning rate times largest curvature, the border of which is 2.

    The step's displacement U is linear in the parameters where the loss is quadratic; its largest
    factor is found by power iteration. Where U is not linear there is no such border: no finding.
    """
    batches = list(
        zip(bench.X.split(bench.batch_size), bench.y.split(bench.batch_size), strict=True)
    )
    full = [batch for batch in batches if len(batch[0]) == bench.batch_size][:20]
    sizes = [p.numel() for p in start]

    def moved(vector: Tensor) -> Tensor:
        parts = vector.split(sizes)
        values = [s + v.reshape(s.shape).to(s) for s, v in zip(start, parts, strict=True)]
        return sum(bench.displacement(values, *batch) for batch in full) / len(full)

    generator = torch.Generator().manual_seed(3)
    v = torch.randn(sum(sizes), generator=generator, dtype=torch.float64)
    v = v / v.norm()
    origin = moved(0 * v)
    forth, back = moved(v) - origin, moved(-v) - origin
    if not forth.isfinite().all() or (forth + back).norm() > 1e-3 * forth.norm():
        return []
    factor = 0.0
    for _ in range(30):
        image = origin - moved(v)
        factor = float(image.norm())
        if factor == 0:
            return []
        v = image / factor
    if factor <= 2:
        return []
    text = (
        f"Learning rate times largest curvature is {factor:.3g}; beyond 2 every step overshoots "
        "farther than the last."
    )
    return [Finding("lr-too-large", text)]


def _short_batch(bench: _Bench, start: list[Tensor]) -> list[Finding]:
    """Compare a few examples with the same examples repeated up to a full batch."""
    size, n = bench.batch_size, len(bench.X)
    few = max((k for k in range(1, size) if size % k == 0), default=None)
    if few is None or n % size == 0:
        return []
    X, y = bench.X[:few], bench.y[:few]
    times = size // few
    short = bench.displacement(start, X, y)
    repeated = bench.displacement(start, torch.cat([X] * times), torch.cat([y] * times))
    if (short - repeated / times).norm() > 1e-3 * repeated.norm():
        return []
    text = (
        f"The last batch has {n % size} of {size} examples, and its step is only "
        f"{n % size / size:.3g} times as long."
    )
    return [Finding("short-last-batch", text)]


class _Broadcasts(TorchFunctionMode):
    """Notes differences of (n, 1) and (n,), which broadcast to (n, n)."""

    def __init__(self, n: int):
        super().__init__()
        self.n, self.seen = n, []

    def __torch_function__(self, func, types, args=(), kwargs=None):
        name = getattr(func, "__name__", "")
        tensors = [a for a in [*args, *(kwargs or {}).values()] if isinstance(a, Tensor)][:2]
        if self.n > 1 and len(tensors) == 2 and name in _DIFFERENCES | _LOSSES:
            shapes = [tuple(t.shape) for t in tensors]
            if sorted(shapes, key=len) == [(self.n,), (self.n, 1)]:
                self.seen.append(
                    f"A difference of shapes {shapes[0]} and {shapes[1]} broadcasts to "
                    f"{(self.n, self.n)}: every prediction meets every label."
                )
        return func(*args, **(kwargs or {}))


class _Untouched:
    """Puts the caller's own parameters back, and refuses a step that changes them."""

    def __init__(self, tensors: list[Tensor]):
        self.tensors = tensors

    def __enter__(self):
        self.before = [
            (t._version, t.detach().clone(), t.grad, None if t.grad is None else t.grad.clone())
            for t in self.tensors
        ]

    def __exit__(self, *error):
        changed = []
        for i, (tensor, kept) in enumerate(zip(self.tensors, self.before, strict=True)):
            _, value, gradient, gradient_value = kept
            same = torch.equal(tensor.detach(), value) and tensor.grad is gradient
            if not same or (gradient is not None and not torch.equal(gradient, gradient_value)):
                changed.append(i)
                tensor.data.copy_(value)
                tensor.grad = gradient
                if gradient is not None:
                    gradient.copy_(gradient_value)
        if changed and error[0] is None:
            raise ValueError(
                "step must work on the params that it is handed; it changed the caller's "
                f"params[{changed[0]}], which has its old value again. "
                "Write `w, b = params` in the step."
            )
