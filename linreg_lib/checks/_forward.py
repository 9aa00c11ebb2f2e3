"""Mistakes of the forward pass: shapes, and gradients that do not arrive or are zero."""

from collections import defaultdict

import torch
from torch import Tensor

from linreg_lib.checks._bench import Bench, Run
from linreg_lib.checks._finding import Finding, finding, note
from linreg_lib.checks._origins import Cut
from linreg_lib.checks._watch import Watch

_PITFALL_OF = {
    "detached": "no-grad-forward",
    "no-grad": "no-grad-forward",
    "no-derivative": "loss-without-derivative",
    "flat": "loss-without-derivative",
}


def shapes(runs: list[Run]) -> list[Finding]:
    """Predictions and labels that broadcast where they should pair up."""
    for watch in (watch for run in runs for watch in run.calls):
        # A step that works on data of its own never touches the labels that it is handed.
        seen = [p for p in watch.pairings if p.labels or not watch.labels_used]
        for pairing in seen[:1]:
            facts = {"prediction": pairing.prediction, "labels": pairing.other}
            return [finding(pairing.kind, "broadcast-n-n", result=pairing.result, **facts)]
    return []


def edited(bench: Bench, runs: list[Run]) -> list[Finding]:
    """Parameters that changed behind autograd's back, between forward pass and backward."""
    found = {
        i
        for run in runs
        for watch in run.calls
        for i, param in enumerate(watch.params)
        if param.edited
    }
    return [finding("edited", "data-bypass", names=bench.named(found))] if found else []


def made_anew(bench: Bench, run: Run) -> list[Finding]:
    """Name parameters that begin every step with new values, whatever stood there before."""

    def begun(i: int, run: Run) -> Tensor | None:
        """Return the values that the forward pass worked with, where they are not the given."""
        value = run.calls[0].params[i].value
        changed = value is not None and value.shape == run.start[i].shape
        return value if changed and not torch.equal(value, run.start[i]) else None

    which = [i for i in bench.trained() if begun(i, run) is not None]
    if not which:
        return []
    # From there and from the other side: a parameter that is clipped may be new on one of them.
    there = bench.near(1.0, seed=6)
    mirrored = [own - (value - own) for value, own in zip(there, bench.own, strict=True)]
    others = [bench.run(there), bench.run(mirrored)]
    same = [i for i in which if all(_equal(begun(i, o), begun(i, run)) for o in others)]
    return [finding("made-anew", topic="names-and-memory", names=bench.named(same))] if same else []


def _equal(one: Tensor | None, other: Tensor | None) -> bool:
    return one is not None and other is not None and torch.equal(one, other)


def unreached(bench: Bench, run: Run) -> tuple[list[Finding], list[Finding]]:
    """Return mistakes and notes on parameters that no gradient reached and nothing moved."""
    if not any(watch.losses for watch in run.calls):
        return [], []
    causes, idle = defaultdict(list), []
    for i in bench.trained():
        if any(watch.params[i].arrived for watch in run.calls) or run.moved(i):
            continue
        steps = [step for watch in run.calls for step in watch.optimizer_steps]
        left_out = steps and not any(i in step.holds for step in steps)
        if left_out and any(run.moved(j) for j in bench.trained()):
            continue  # cut off and left out of the optimizer: frozen on purpose
        cut = _cut_before_loss(run.calls[0], i)
        if cut is not None:
            kind, pitfall, name = _cause(run.calls[0], cut)
            causes[kind, pitfall].append((i, name))
        else:
            idle.append(i)
    found = [
        finding(kind, pitfall, name=which[0][1], names=bench.named(i for i, _ in which))
        for (kind, pitfall), which in causes.items()
    ]
    if not idle:
        return found, []
    names = bench.named(idle)
    if len(idle) == len(bench.trained()):
        return [*found, finding("unused-all", topic="names-and-memory", names=names)], []
    return found, [note("unused", topic="leaves-and-updates", names=names)]


def _cut_before_loss(watch: Watch, i: int) -> Cut | None:
    """Return where the way from the loss back to parameter i was lost, as far as that is known."""
    if not watch.losses:
        return None
    last = watch.losses[-1][0]
    through = [c for _, origin, _ in watch.losses for c in origin.cuts if i in c.params]
    # A number leaves no trace of where it goes, nor does `Variable(...)`.
    on_the_way = [c for c in watch.cuts if i in c.params and c.time < last]
    known = through or on_the_way
    return max(known, key=lambda cut: cut.time) if known else None


def _cause(watch: Watch, cut: Cut) -> tuple[str, str, str]:
    """Return the sentence's key, the pitfall and the operation's name."""
    name = cut.name.removesuffix(".get").strip("_")
    if cut.kind == "number":
        was_loss = any(value == cut.value for _, _, value in watch.losses)
        pitfall = "item-then-backward" if was_loss else "rebuilt-from-numbers"
        return "number", pitfall, name
    if cut.kind == "detached":
        name = f".{name}" if name == "data" else f".{name}()"
    return cut.kind, _PITFALL_OF.get(cut.kind, "no-grad-forward"), name


def zero_gradients(bench: Bench, run: Run) -> tuple[list[Finding], list[Finding]]:
    """Return mistakes and notes on parameters whose gradient is exactly zero, at several places."""
    still = {i for i in bench.trained() if _zero(run, i)}
    for displacement, seed in ((1.0, 4), (0.3, 5)):
        if not still:
            return [], []
        elsewhere = bench.run(bench.near(displacement, seed))
        still = {i for i in still if elsewhere.error is None and _zero(elsewhere, i)}
    causes = defaultdict(list)
    for i in sorted(still):
        watch = run.calls[0]
        cuts = [c for _, o, _ in watch.losses for c in o.cuts if i in c.params]
        cuts = [c for c in cuts if c.kind in ("flat", "constant")]
        cut = max(cuts, key=lambda cut: cut.time, default=None)
        solved = all(value == 0 for _, _, value in watch.losses)
        if cut is not None and not (solved and cut.name in ("relu", "clamp", "clamp_min")):
            causes[cut.kind, cut.name.strip("_")].append(i)
        elif not run.moved(i):
            causes["zero-loss" if solved else "zero-gradient", ""].append(i)
    found, notes = [], []
    for (kind, name), which in causes.items():
        facts = {"name": name, "names": bench.named(which)}
        if kind == "flat":
            found.append(finding(kind, "loss-without-derivative", **facts))
        elif kind == "constant":
            found.append(finding(kind, topic="leaves-and-updates", **facts))
        else:
            notes.append(note(kind, topic="leaves-and-updates", **facts))
    return found, notes


def _zero(run: Run, i: int) -> bool:
    arrived = [g for watch in run.calls for g in watch.params[i].arrived]
    return bool(arrived) and not any(g.any() for g in arrived)
