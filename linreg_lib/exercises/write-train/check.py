"""Where the parameters end and how the losses fell: each mistake of a loop has its own curve."""

import math
import statistics
from dataclasses import replace
from itertools import pairwise

import torch

from linreg_lib.exercises import _show as show
from linreg_lib.exercises._backwards import backwards
from linreg_lib.exercises._compare import as_tensor
from linreg_lib.exercises._feedback import Told
from linreg_lib.exercises._isolation import TooLong
from linreg_lib.model import least_squares

N, NOISE = 1000, 0.01
# The noise of these few is small: who waits for a loss that others reach is not kept waiting.
FEW, SECONDS_FOR_FEW = ([1.5, -2.5], 0.7, 13, 100), 8
RECIPES = (([-3.4, 2.0], 4.2, 1), ([1.5, -2.5, 0.8], -3.0, 2))


def data(w, b, seed, n=N):
    """Features and labels of a recipe that is not the book's."""
    source = torch.Generator().manual_seed(seed)
    X = torch.randn(n, len(w), generator=source)
    y = X @ torch.tensor(w).reshape(-1, 1) + b + NOISE * torch.randn(n, 1, generator=source)
    return X, y


class Run:
    """One call of the reader's function, and what it is to be compared with."""

    def __init__(self, answer, recipe, n=N):
        self.answer, self.n = answer, n
        self.X, self.y = data(*recipe, n=n)
        self.d = self.X.shape[1]
        with backwards() as self.backwards:
            value = answer.call(self.X.clone(), self.y.clone())
        best_w, best_b = least_squares(self.X.double(), self.y.double())
        self.best = torch.cat([best_w.flatten(), best_b])
        self.w, self.b, self.losses = self._three(value)

    def _three(self, value):
        answer = self.answer
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list) and all(isinstance(one, float) for one in value):
            answer.stop(answer.mistake("losses-only", losses=show.numbers(value)))
        if not isinstance(value, tuple | list):
            answer.stop(answer.mistake("not-the-form", got=show.thing(value)))
        if len(value) == 2 and any(isinstance(one, tuple) for one in value):
            answer.stop(answer.mistake("nested"))
        if len(value) == 2:
            answer.stop(answer.mistake("losses-missing"))
        if len(value) != 3:
            answer.stop(answer.mistake("count", count=len(value)))
        parts = [as_tensor(one) for one in value]
        sizes = [None if part is None else part.numel() for part in parts]
        swapped = sizes[0] == 1 and sizes[1] == self.d != 1
        if swapped or _is_losses(value[0]) or (sizes[2] == 1 and _is_losses(value[1])):
            things = ", ".join(show.thing(one) for one in value)
            answer.stop(answer.mistake("order", things=things))
        for name, part, size, want in zip("wb", parts, sizes, (self.d, 1), strict=False):
            if size != want:
                got = "nothing" if part is None else show.thing(part)
                holds = f"{want} numbers" if want > 1 else "one number"
                answer.stop(answer.wrong("parameter", name=name, got=got, d=self.d, want=holds))
        return (
            parts[0].detach().double().flatten(),
            parts[1].detach().double(),
            self._list(value[2]),
        )

    def _list(self, value):
        answer = self.answer
        if isinstance(value, list | tuple) and not value:
            answer.stop(answer.mistake("no-losses"))
        for one in value if isinstance(value, list | tuple) else ():
            if hasattr(one, "numel") and one.numel() > 1:
                answer.stop(answer.mistake("loss-per-example", count=one.numel()))
        losses = as_tensor(value)
        if losses is None or not losses.numel():
            answer.stop(answer.wrong("losses", got=show.thing(value)))
        if losses.dim() == 0:
            answer.stop(answer.mistake("one-loss", got=show.number(losses)))
        return [float(loss) for loss in losses.detach().flatten().tolist()]

    @property
    def never_clears(self):
        """Whether each `backward` but the first found gradients that were left from before."""
        found = [before.had_gradients for before in self.backwards]
        return len(found) > 2 and all(found[1:])

    @property
    def kept_minibatches(self):
        """Whether each loss is that of the epoch's last `backward`, or a share of it."""
        steps, epochs = len(self.backwards), len(self.losses)
        if epochs < 2 or steps % epochs or steps < 2 * epochs:
            return False
        last = [self.backwards[i].value for i in range(steps // epochs - 1, steps, steps // epochs)]
        shares = [loss / value for loss, value in zip(self.losses, last, strict=True) if value]
        return len(shares) == epochs and max(shares) - min(shares) < 1e-4 * abs(shares[0])

    @property
    def never_stepped(self):
        """Whether the parameters are those that the first of many `backward` found."""
        if len(self.backwards) < 3:
            return False
        began = torch.cat([leaf.flatten() for leaf in self.backwards[0].leaves])
        return len(began) == len(self.theta) and bool(
            (began.double().sort().values == self.theta.sort().values).all()
        )

    @property
    def weights_moved(self):
        """Whether the weights that the first `backward` found have other values now."""
        leaves = self.backwards[0].leaves if self.backwards else []
        found = [leaf for leaf in leaves if leaf.numel() == self.d > 1]
        return any(not bool((leaf.flatten().double() == self.w).all()) for leaf in found)

    @property
    def theta(self):
        """All parameters in one."""
        return torch.cat([self.w, self.b.flatten()])

    @property
    def learned(self):
        """Whether the parameters are where least squares puts them."""
        return bool(((self.theta - self.best).abs() < 0.05).all())

    def loss(self, w=None, b=0.0):
        """The mean loss over all the data of the reader's parameters, or of others."""
        w, b = (self.w, self.b) if w is None else (w, b)
        error = self.X.double() @ w + b - self.y.double().flatten()
        return float((error**2).mean() / 2)

    @property
    def untrained(self):
        """What parameters of zero cost."""
        return self.loss(torch.zeros_like(self.w))

    def facts(self):
        """What the messages may name."""
        return {
            "n": self.n,
            "d": self.d,
            "w": show.numbers(self.w),
            "b": show.numbers(self.b),
            "best_w": show.numbers(self.best[:-1]),
            "best_b": show.number(self.best[-1]),
            "losses": show.numbers(self.losses),
            "count": len(self.losses),
            "steps": len(self.backwards),
            "true": show.number(self.loss()),
            "last": show.number(self.losses[-1]),
        }


def _is_losses(value):
    return isinstance(value, list) and len(value) > 2


def check(answer):
    """A first data set tells the mistake; a second one, that nothing of the first is fixed."""
    _ends(answer)
    run = Run(answer, RECIPES[0])
    found = _parameters(answer, run) if not run.learned else _losses(answer, run)
    if found:
        return found
    with answer.expecting(d=len(RECIPES[1][0])):
        other = Run(answer, RECIPES[1])
    return None if other.learned else answer.mistake("no-data-between", **other.facts())


def _ends(answer):
    """Try a tenth of the data first: what is still at it after a while would never be done."""
    X, y = data(*FEW)
    try:
        with answer.within(SECONDS_FOR_FEW), backwards() as steps:
            answer.call(X, y)
    except Told:
        pass  # the whole data will tell
    except TooLong:
        # A condition on the loss; one that nothing changes is another mistake.
        loop = answer.text and not answer.text.never_ends() and answer.text.find(r"^while .*loss")
        if loop and _at_the_bottom([step.value for step in steps]):
            line = answer.quoted(loop)
            facts = {"n": len(X), "count": len(steps), "seconds": SECONDS_FOR_FEW}
            answer.stop(answer.exercise.mistake("never-stops", line, **facts))
        raise


def _at_the_bottom(values):
    """Whether the losses of the steps fell far, and do not fall anymore."""
    if len(values) < 1200:
        return False
    parts = (values[:20], values[-900:-600], values[-300:])
    first, before, after = (statistics.fmean(part) for part in parts)
    return after < first / 100 and 0.8 < after / before < 1.25


def _losses(answer, run):
    """The parameters are right; are the losses what they are said to be?"""
    facts, last, true = run.facts(), run.losses[-1], run.loss()
    if len(run.losses) >= 50 and _jumps(run.losses):
        return answer.mistake("per-step", **facts)
    text = answer.text
    if text and len(run.losses) == len(run.backwards) >= 50 and text.measured_inside():
        return answer.mistake("each-step", **facts)
    if text and len(run.losses) == 1 and text.find_in_loop(r"^\w+ = (\[\]|list\(\))$"):
        return answer.mistake("losses-reset", **facts)
    if not math.isfinite(last):
        return answer.wrong("last", **facts)
    if not any(run.losses) and len(run.losses) > 1:
        return answer.mistake("losses-zero", **facts)
    other = all(abs(last / true / k - 1) > 1e-3 for k in (1, 2))
    if run.kept_minibatches or (other and text and text.measures_minibatch()):
        return answer.mistake("last-minibatch", **facts)
    before = abs(run.losses[0] / run.untrained - 1) < 0.01
    if before and len(run.losses) > 1 and abs(last / true - 1) > 0.2:
        return answer.mistake("measured-before", **facts)
    if last > max(1e-3, 15 * true):
        ratio = last / true
        roots = [(k * true) ** 0.5 for k in (1, 2)]
        if any(abs(last / root - 1) < 1e-3 for root in roots):
            return answer.mistake("root", **facts)
        # Added up while the parameters still moved, a sum is larger than at their end.
        if any(abs(ratio / k - 1) < 0.3 for k in _sums(run.n)) or 0.7 < ratio / run.n < 2.5:
            return answer.mistake("summed", ratio=f"{ratio:.0f}", **facts)
        return answer.wrong("last", **facts)
    return None


def _sums(n):
    """By how much a sum exceeds a mean: over examples, over minibatches of some size."""
    return [k * n / size for size in (1, 5, 10, 16, 20, 25, 32, 50, 64, 100) for k in (1, 2)]


def _jumps(losses):
    """Tell minibatches' losses, which go up and down, from epochs', which fall."""
    falling = [a for a in losses if a > 0.01] or losses
    ups = sum(b > a for a, b in pairwise(falling))
    return ups > len(falling) / 5


def _parameters(answer, run):
    """Not learned: ask the losses, and the parameters, how that came about."""
    facts = run.facts()
    if not bool(run.theta.isfinite().all()) or not all(map(math.isfinite, run.losses)):
        return answer.mistake("diverged", **facts)
    book = torch.tensor([2, -3.4, 4.2], dtype=torch.float64)
    if bool(((run.theta - book).abs() < 0.1).all()):
        return answer.mistake("own-data", **facts)
    losses = run.losses
    untrained = run.untrained
    small = bool((run.w.abs() < 0.06).all())
    off = (run.theta - run.best).abs()
    if losses[-1] < 1e-3 and run.loss() > 100 * max(losses[-1], 1e-6):
        return answer.mistake("other-returned", **facts)
    still = max(abs(loss / untrained - 1) for loss in losses) < 0.05
    if (small and abs(run.theta[-1]) < 0.06 and still) or run.never_stepped:
        return answer.mistake("no-step", **facts)
    if run.backwards and run.backwards[0].rows:
        # The same mistake as "broadcast", seen in the graph before it is seen in the weights.
        told = answer.mistake("table", rows=run.backwards[0].rows, **facts)
        return replace(told, mistake="broadcast")
    drawn = answer.text and answer.text.find_in_loop(r"init_params\(|randn|normal|zeros")
    if drawn and len(run.backwards) > 10 and all(one.largest < 0.1 for one in run.backwards):
        return answer.mistake("anew-each-step", **facts)
    if run.never_clears:
        return answer.mistake("not-cleared", **facts)
    if losses[0] > 1.2 * untrained and all(b > a for a, b in pairwise([untrained, *losses])):
        return _growing(answer, run, facts)
    # What a parameter that stays behind leaves in each error makes the others tremble.
    if bool((off[:-1] < 0.25 * abs(run.best[-1])).all()) and abs(run.theta[-1]) < 0.05:
        return answer.mistake("bias-untrained", **facts)
    if small and not run.weights_moved and off[-1] < 0.25 * run.best[:-1].norm():
        return answer.mistake("weights-untrained", **facts)
    share = run.theta[:-1] / run.best[:-1]
    if off[-1] < 1 and bool((share < 0.35).all() and (share > -0.3).all()):
        lost = run.backwards and run.backwards[0].seen
        return answer.mistake("pairs-lost" if lost else "broadcast", **facts)
    if len(losses) > 1 and len(set(losses)) == 1:
        return answer.mistake("iterator-once", **facts)
    return _curve(answer, run, facts)


def _growing(answer, run, facts):
    """A sum over a whole epoch is too long a step only where the epoch is long."""
    short = Run(answer, RECIPES[0], n=100)
    if short.loss() < short.untrained / 2 and len(run.backwards) >= 2 * len(run.losses):
        return answer.mistake("update-outside", **facts)
    return answer.mistake("uphill", **facts)


def _like(answer, run):
    """Whether other examples of the same recipe end alike; what swings ends anywhere."""
    w, b, seed = RECIPES[0]
    other = Run(answer, (w, b, seed + 10))
    return 0.25 < (other.losses[-1] + 1e-9) / (run.losses[-1] + 1e-9) < 4


def _curve(answer, run, facts):
    losses, text = run.losses, answer.text
    last = losses[-1]
    steady = all(b < a for a, b in pairwise(losses))
    if len(losses) >= 50 and _jumps(losses):
        return answer.mistake("per-step", **facts)
    again = _like(answer, run)
    low = max(losses) < 4 * min(losses) and last < run.untrained / 20
    if again and len(losses) > 1 and low:
        return answer.mistake("parameters-anew", **facts)
    if len(losses) == 1:
        return answer.mistake("one-epoch", **facts)
    shares = run.theta / run.best
    even = float(shares.max() - shares.min()) < 0.2 and 0.02 < float(shares.mean()) < 0.98
    if again and (steady or even):
        averaged = text and text.find(r"mean\(.*backward|= .*mean\(")
        if averaged and text.find(r"sgd\(.*, (?!1\b)[^,]*\)$"):
            return answer.mistake("divided-twice", **facts)
        return answer.mistake("too-slow" if steady else "too-short", **facts)
    return answer.mistake("restless", **facts)
