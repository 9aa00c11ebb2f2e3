"""The length and the direction of the step, from where it takes slightly moved parameters."""

import torch
from torch import Tensor

from linreg_lib.checks._bench import Bench, Run, flat, vector
from linreg_lib.checks._finding import Finding, finding, note


class Unclear(Exception):
    """A run ended in an error, or in numbers that are not finite: nothing can be said."""


def numbers(bench: Bench) -> tuple[list[Finding], list[Finding]]:
    """Return mistakes and notes; the first mistake that is certain ends the search."""
    notes = []
    for check in (_ignored, _uphill, _twice, _too_long):
        try:
            found = check(bench)
        except Unclear:
            continue
        if found:
            return found, notes
    try:
        notes = _short_batch(bench)
    except Unclear:
        notes = []
    return [], notes


def _one(bench: Bench, start: list[Tensor], *batches, **kwargs) -> Run:
    run = bench.run(start, *batches, **{"thorough": False, **kwargs})
    if run.error is not None or not flat(run.values[0]).isfinite().all():
        raise Unclear
    return run


def _other_labels(bench: Bench) -> tuple[Tensor, Tensor]:
    """Return the first minibatch with other labels."""
    X, y = bench.X[: bench.size], bench.y[: bench.size]
    if not y.is_floating_point():
        return X, y.roll(1, 0)
    generator = torch.Generator().manual_seed(2)
    return X, y + torch.randn(y.shape, generator=generator).to(y)


def _again(X: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Return a minibatch with each of its examples twice."""
    return torch.cat([X, X]), torch.cat([y, y])


def _arrived(run: Run, i: int) -> Tensor | None:
    arrived = run.calls[0].params[i].arrived
    return vector(sum(arrived)) if arrived else None


def _ignored(bench: Bench) -> list[Finding]:
    """Change the labels: a parameter that moves as before follows itself, not its gradient."""
    start, elsewhere = bench.near(), bench.near(seed=1)
    here, other = _one(bench, start), _one(bench, start, _other_labels(bench))
    largest = max([float(g.abs().max()) for p in here.calls[0].params for g in p.arrived] or [0])
    suspects = []
    for i in bench.trained():
        one, two = _arrived(here, i), _arrived(other, i)
        if one is None or two is None or torch.allclose(one, two, rtol=1e-2):
            continue
        if float(one.abs().max()) < 1e-5 * largest:
            continue  # the noise of rounding
        if here.moved(i) and torch.equal(here.values[0][i], other.values[0][i]):
            suspects.append(i)
    if not suspects:
        return []
    far = _one(bench, elsewhere)
    found = []
    for i in suspects:
        # What a step keeps of the parameter: the same fraction everywhere.
        kept = torch.cat([(run.values[0][i] / run.start[i]).reshape(-1) for run in (here, far)])
        if torch.allclose(kept, kept[0], rtol=1e-4) and 0 <= float(kept[0]) < 1:
            facts = {"fraction": 1 - float(kept[0]), "names": bench.named([i])}
            found.append(finding("decay", "weight-decay-typo", **facts))
    return found


def _uphill(bench: Bench) -> list[Finding]:
    """Look whether the step of a parameter leads away from where the loss is smallest."""
    start = bench.near()
    here, other = _one(bench, start), _one(bench, start, _other_labels(bench))
    losses = here.calls[0].losses
    wrong = []
    for i in bench.trained():
        gradient, second = _arrived(here, i), _arrived(other, i)
        if gradient is None or second is None or not gradient.any() or not losses:
            continue
        if start[i].is_complex():
            continue
        if (
            _along(here, i, gradient)
            and _along(other, i, second)
            and _follows(here, other, i, gradient, second)
        ):
            ends_nowhere = _lowest_here
        elif losses[0][2] < 0 and i in bench.trained()[-2:] and _along(here, i, -gradient):
            ends_nowhere = _no_lowest
        else:
            continue
        if ends_nowhere(losses[0][2], _losses_along(bench, start, i, gradient)):
            wrong.append(i)
    return [finding("uphill", "uphill-step", names=bench.named(wrong))] if wrong else []


def _step_of(run: Run, i: int) -> Tensor:
    return vector(run.values[0][i]) - vector(run.start[i])


def _along(run: Run, i: int, gradient: Tensor) -> bool:
    step = _step_of(run, i)
    return float(step @ gradient) > 0.05 * float(step.norm() * gradient.norm())


def _follows(here: Run, other: Run, i: int, gradient: Tensor, second: Tensor) -> bool:
    """Tell whether a change of the gradient changes the step to the same side.

    That leaves out what a momentum or a weight decay adds to both.
    """
    step, change = _step_of(other, i) - _step_of(here, i), second - gradient
    if float(step.norm()) < 1e-9 or float(change.norm()) < 1e-9:
        return True
    return float(step @ change) > 0


def _moved_along(bench: Bench, start, i: int, direction: Tensor, by: float) -> Run:
    values = list(start)
    values[i] = start[i] + by * direction.reshape(start[i].shape).to(start[i])
    return _one(bench, values)


def _lowest_here(loss: float, along: list[float]) -> bool:
    """Tell whether the loss is larger far away on both sides: then it is to become small."""
    return len(along) == 4 and along[0] > along[1] > loss and along[3] > along[2] > loss


def _no_lowest(loss: float, along: list[float]) -> bool:
    """Tell whether the loss is a parabola that opens downwards.

    Losses that fall without end in other ways occur in right programs (rewards); this does not.
    """
    if len(along) != 4:
        return False
    near, far = along[1] + along[2] - 2 * loss, along[0] + along[3] - 2 * loss
    return near < -1e-3 * abs(loss) and abs(far - 4 * near) < 1e-2 * abs(far)


def _losses_along(bench: Bench, start: list[Tensor], i: int, gradient: Tensor) -> list[float]:
    """Return the loss far before and far beyond these values along a gradient.

    An empty list where the step shows no loss, or where it comes back by itself: a parameter that
    is kept at length 1, say, may well climb.
    """
    direction = gradient / gradient.norm()
    far = 30 * (1 + float(bench.y.detach().abs().max()))
    losses = []
    for by in (-2 * far, -far, far, 2 * far):
        run = _moved_along(bench, start, i, direction, by)
        if not run.calls[0].losses or float(_step_of(run, i).norm()) > far / 2:
            return []
        losses.append(run.calls[0].losses[0][2])
    return losses


def _twice(bench: Bench) -> list[Finding]:
    """Look for a mean that is divided by the number of examples again."""
    start, size = bench.near(), bench.size
    if size < 4:
        return []
    few = size - 1
    here = _one(bench, start, thorough=True)
    batch = bench.X[:few], bench.y[:few]
    short = _one(bench, start, batch, thorough=True)
    doubled = _one(bench, start, _again(*batch))
    one, both = short.displacement(), doubled.displacement()
    if one.any() and float((2 * both - one).norm()) < 1e-3 * float(one.norm()):
        return [finding("twice", "divided-twice")]
    # A fixed divisor does not show in the numbers: it is seen where the division is done.
    if all(r.calls[0].averaged >= 2 and len(r.calls[0].losses) == 1 for r in (here, short)):
        return [finding("twice-fixed", "divided-twice", count=size)]
    return []


def _too_long(bench: Bench) -> list[Finding]:
    """Measure learning rate times largest curvature, the border of which is 2.

    The step's displacement U is linear in the parameters where the loss is quadratic; its largest
    factor is found by power iteration. Where U is not linear there is no such border: no finding.
    """
    start = bench.near()
    field = None if any(p.is_complex() for p in start) else _mean_step(bench, start)
    if field is None:
        return []
    sizes = [p.numel() for p in start]

    def moved(vector: Tensor) -> Tensor:
        return field(_added(start, vector, sizes))

    generator = torch.Generator().manual_seed(3)
    v = torch.randn(sum(sizes), generator=generator, dtype=torch.float64)
    v = v / v.norm()
    origin = moved(0 * v)
    forth, back = moved(v) - origin, moved(-v) - origin
    if float((forth + back).norm()) > 1e-3 * float(forth.norm()):
        return []
    factor = 0.0
    for _ in range(30):
        image = origin - moved(v)
        before, factor = factor, float(image.norm())
        if factor == 0:
            return []
        v = image / factor
        if abs(factor - before) < 1e-6 * factor:
            break
    if factor <= 2 or not _drifts_apart(bench, start, v, sizes):
        return []
    return [finding("too-large", "lr-too-large", factor=factor)]


def _added(start: list[Tensor], vector: Tensor, sizes: list[int]) -> list[Tensor]:
    parts = vector.split(sizes)
    return [s + v.reshape(s.shape).to(s) for s, v in zip(start, parts, strict=True)]


def _mean_step(bench: Bench, start: list[Tensor]):
    """Return the mean over all full minibatches of the step's displacement, as one run each.

    A step that averages takes it on all the data at once; one that sums, k times it. Which of the
    two, the first two minibatches tell. None where neither is so.
    """
    size, k = bench.size, len(bench.X) // bench.size
    everything = bench.X[: k * size], bench.y[: k * size]
    share = 1.0
    if k > 1:
        parts = [
            _one(bench, start, (bench.X[s], bench.y[s])).displacement()
            for s in (slice(0, size), slice(size, 2 * size))
        ]
        two = bench.X[: 2 * size], bench.y[: 2 * size]
        both = _one(bench, start, two).displacement()
        mean = (parts[0] + parts[1]) / 2
        if float((both - 2 * mean).norm()) < 1e-3 * float(both.norm()):
            share = 1 / k
        elif float((both - mean).norm()) > 1e-3 * float(mean.norm()):
            return None
    return lambda values: share * _one(bench, values, everything).displacement()


def _drifts_apart(bench: Bench, start: list[Tensor], v: Tensor, sizes: list[int]) -> bool:
    """Let two copies start apart and take real steps: are they farther apart in the end?

    Momentum moves the border; this does not ask where it is.
    """
    size, k, calls = bench.size, len(bench.X) // bench.size, 12
    begins = [size * (j * k // calls) for j in range(calls)]
    batches = [(bench.X[i : i + size], bench.y[i : i + size]) for i in begins]
    one = _one(bench, start, *batches, calls=calls)
    other = _one(bench, _added(start, v, sizes), *batches, calls=calls)
    if one.error is not None or other.error is not None:
        return False
    apart = [flat(b) - flat(a) for a, b in zip(one.values, other.values, strict=True)]
    return float(apart[-1].norm()) > 1.0


def _short_batch(bench: Bench) -> list[Finding]:
    """Compare examples with the same examples twice: does the step grow with their number?"""
    size, last = bench.size, len(bench.X) % bench.size
    if last == 0 or size < 2:
        return []
    start, few = bench.near(), max(1, size // 2)
    batch = bench.X[:few], bench.y[:few]
    one = _one(bench, start, batch).displacement()
    both = _one(bench, start, _again(*batch)).displacement()
    if not one.any() or float((both - 2 * one).norm()) > 1e-3 * float(both.norm()):
        return []
    return [note("short", "short-last-batch", last=last, size=size, share=last / size)]
