"""Mistakes of the update: parameters that stay where they are though a gradient has come."""

from collections import defaultdict

from torch import Tensor, nn

from linreg_lib.checks._bench import Bench, Run
from linreg_lib.checks._finding import Finding, finding
from linreg_lib.checks._watch import OptimizerStep, Watch

_MOST_CALLS = 70  # over which gradients are accumulated

_PITFALL_OF = {
    "rebind-update": "rebind-update",
    "rebind-under-no-grad": "rebind-under-no-grad",
    "rebound": "rebind-loop-variable",
    "cleared-first": "zero-before-step",
    "step-first": "zero-before-step",
    "left-out": "parameter-not-in-optimizer",
    "another-model": "parameter-not-in-optimizer",
    "update-leaves-out": "parameter-not-in-optimizer",
    "not-stepped": None,
    "rate-zero": None,
    "no-update": None,
}


def lost_updates(bench: Bench, run: Run) -> list[Finding]:
    """Name why parameters with a gradient did not move."""
    causes = defaultdict(list)
    for i in bench.trained():
        cause = _replaced(run, i) or _cleared(run, i) or _still(bench, run, i)
        if cause is not None:
            causes[cause].append(i)
    return [
        finding(cause, _PITFALL_OF[cause], topic="leaves-and-updates", names=bench.named(which))
        for cause, which in causes.items()
    ]


def _replaced(run: Run, i: int) -> str | None:
    """Another tensor took the parameter's place, and the steps after that failed or stood still."""
    new = run.states[0][i]
    if new is run.calls[0].leaves[i]:
        return None
    went_on = len(run.calls) > 1 and not (run.values[1][i] == run.values[0][i]).all()
    if run.error is None and went_on:
        return None
    if not new.is_leaf:
        return "rebind-update"
    return None if new.requires_grad else "rebind-under-no-grad"


def _steps(run: Run, i: int) -> list[OptimizerStep]:
    return [s for watch in run.calls for s in watch.optimizer_steps if i in s.holds]


def _cleared(run: Run, i: int) -> str | None:
    """Every step of an optimizer found no gradient, though one had come before it."""
    steps = _steps(run, i)
    if steps and all(i in s.empty and i in s.arrived and i not in s.late for s in steps):
        return "cleared-first"
    return None


def _still(bench: Bench, run: Run, i: int) -> str | None:
    if run.moved(i) or not _gradient_came(run, i):
        return None
    steps = _steps(run, i)
    if steps:
        before = all(i in s.empty and i not in s.late for s in steps)
        if before:
            return "step-first"
        return "rate-zero" if all(s.idle for s in steps) else None
    facts = [watch.params[i] for watch in run.calls]
    if any(fact.changed_by_zero for fact in facts):
        return "cleared-first"
    if any(fact.updated for fact in facts):
        return None  # the step was so short that rounding swallowed it
    if any(fact.remade for fact in facts):
        return "rebound"
    others_move = any(run.moved(j) for j in bench.trained())
    held = any(_holds(optimizer, bench.tensors[i]) for optimizer in bench.snapshot.optimizers)
    if held and others_move:
        return None  # its optimizer takes its turn at other times
    if any(watch.optimizer_steps for watch in run.calls):
        related = any(s.holds for watch in run.calls for s in watch.optimizer_steps)
        return "left-out" if related or others_move else "another-model"
    if any(fact.asked for fact in facts):
        return "no-update"
    if any(fact.seen_empty for fact in facts):
        return "cleared-first"
    if others_move:
        return "update-leaves-out"
    return "not-stepped" if held else "no-update"


def _gradient_came(run: Run, i: int) -> bool:
    """Tell whether more than the noise of rounding has arrived (a bias before a normalization)."""
    return any(
        float(g.abs().max()) > 1e-6 * _largest(watch)
        for watch in run.calls
        for g in watch.params[i].arrived
    )


def _largest(watch: Watch) -> float:
    return max([0.0, *(float(g.abs().max()) for p in watch.params for g in p.arrived)])


def _holds(optimizer, tensor: Tensor) -> bool:
    return any(p is tensor for group in optimizer.param_groups for p in group["params"])


def nothing_at_all(bench: Bench, run: Run) -> list[Finding]:
    """Name a step that moved nothing and computed no gradient."""
    if run.moved_any():
        return []
    if any(_gradient_came(run, i) for i in range(len(bench.tensors))):
        return []
    if bench.run(calls=_MOST_CALLS, until_moved=True).moved_any():
        return []  # a search that keeps what is better, say: not every call finds it
    found = without_gradients(bench)
    if found or any(watch.losses for watch in run.calls):
        return found
    return [finding("no-backward", topic="leaves-and-updates")]


def without_gradients(bench: Bench) -> list[Finding]:
    """Name parameters that autograd can give no gradient."""
    inner = [i for i, t in enumerate(bench.tensors) if not t.is_leaf]
    if inner:
        return [finding("not-a-leaf", "not-a-leaf", names=bench.named(inner))]
    if not any(t.requires_grad for t in bench.tensors):
        return [finding("requires-grad-missing", "requires-grad-missing")]
    return []


def calls_for_one_update(bench: Bench, first: Run) -> int:
    """Return how many calls make one update: gradients may be accumulated over several calls."""
    quiet = not first.moved_any() and not first.calls[0].optimizer_steps
    touched = any(p.remade or p.updated for p in first.calls[0].params)
    if not quiet or touched or not any(_gradient_came(first, i) for i in bench.trained()):
        return 1
    longer = bench.run(calls=_MOST_CALLS, until_moved=True)
    return len(longer.calls) if longer.moved_any() else 1


def plain_lists(bench: Bench) -> list[Finding]:
    """Layers that stand in a plain list of a module get gradients, and nobody updates them."""
    for module in bench.snapshot.modules:
        known = {id(p) for p in module.parameters()} | {id(p) for p in bench.tensors}
        for optimizer in bench.snapshot.optimizers:
            known |= {id(p) for group in optimizer.param_groups for p in group["params"]}
        for attribute, value in vars(module).items():
            if attribute.startswith("_") or not isinstance(value, (list, tuple, dict)):
                continue
            hidden = [p for p in _parameters(value) if id(p) not in known and p.requires_grad]
            if hidden and _reached_and_still(bench, hidden):
                facts = {"attribute": attribute, "module": type(module).__name__}
                kind = type(value).__name__
                return [finding("plain-list", "layer-in-plain-list", kind=kind, **facts)]
    return []


def _parameters(value: object) -> list[Tensor]:
    if isinstance(value, nn.Module):
        return list(value.parameters())
    if isinstance(value, nn.Parameter):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [p for item in value for p in _parameters(item)]
    return []


def _reached_and_still(bench: Bench, hidden: list[Tensor]) -> bool:
    before = [p.detach().clone() for p in hidden]
    reached = []
    hooks = [p.register_hook(lambda g: reached.append(bool(g.any()))) for p in hidden]
    bench.run()
    for hook in hooks:
        hook.remove()
    return any(reached) and all((p == b).all() for p, b in zip(hidden, before, strict=True))
