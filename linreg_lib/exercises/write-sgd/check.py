"""Two steps on parameters of unequal shapes; then what the known mistakes would have made."""

import torch

from linreg_lib.exercises import _show as show
from linreg_lib.exercises._compare import near
from linreg_lib.exercises._feedback import Told

W, B = [[0.5], [-1.5], [2.0]], [1.25]
GRADS = ([[4.0], [-6.0], [11.0]], [7.0])
LATER_GRADS = ([[-3.0], [5.0], [2.0]], [-2.5])
LR, BATCH_SIZE = 0.3, 5
OTHER_LR, OTHER_BATCH_SIZE = 0.07, 8


def right(p, g, lr, n, params):
    """The step that is asked for."""
    return p - lr * g / n


# The value of a parameter after one step, by mistake; a mistake may have several forms.
STEPS = [
    ("uphill", lambda p, g, lr, n, k: p + lr * g / n),
    ("not-divided", lambda p, g, lr, n, k: p - lr * g),
    ("multiplied", lambda p, g, lr, n, k: p - lr * g * n),
    ("divided-twice", lambda p, g, lr, n, k: p - lr * g / n**2),
    ("no-rate", lambda p, g, lr, n, k: p - g / n),
    ("no-rate", lambda p, g, lr, n, k: p - g),
    ("rate-divided", lambda p, g, lr, n, k: p - g / lr / n),
    ("own-value", lambda p, g, lr, n, k: p - lr * p / n),
    ("own-value", lambda p, g, lr, n, k: p - lr * p),
    ("gradient-instead", lambda p, g, lr, n, k: lr * g / n),
    ("gradient-instead", lambda p, g, lr, n, k: -lr * g / n),
    ("twice", lambda p, g, lr, n, k: p - 2 * lr * g / n),
    ("floored", lambda p, g, lr, n, k: p - lr * g // n),
    ("floored", lambda p, g, lr, n, k: p - lr * (g // n)),
    ("sign-only", lambda p, g, lr, n, k: p - lr * g.sign()),
    ("sign-only", lambda p, g, lr, n, k: p - lr * g.sign() / n),
    ("uphill", lambda p, g, lr, n, k: p + lr * g),
    ("gradient-ignored", lambda p, g, lr, n, k: p - lr / n),
    ("gradient-ignored", lambda p, g, lr, n, k: p - lr),
    ("gradient-squared", lambda p, g, lr, n, k: p - lr * g**2 / n),
    ("gradient-averaged", lambda p, g, lr, n, k: p - lr * g.mean()),
    ("gradient-averaged", lambda p, g, lr, n, k: p - lr * g.mean() / n),
    ("gradient-averaged", lambda p, g, lr, n, k: p - lr * g.sum() / n),
]
DIVISORS = {
    "numel": lambda p, k: p.numel(),
    "params": lambda p, k: k,
}


def new_params():
    """Two leaves, as `init_params` makes them."""
    params = [torch.tensor(W, requires_grad=True), torch.tensor(B, requires_grad=True)]
    return params


def give(params, grads):
    """Let a backward come by: what it brings is added to what is there."""
    total = sum((p * torch.tensor(g)).sum() for p, g in zip(params, grads, strict=True))
    total.backward()


def check(answer):
    """One step, then another; then the questions that tell mistakes of one symptom apart."""
    params = new_params()
    give(params, GRADS)
    given = list(params)
    try:
        returned = answer.call(given, LR, BATCH_SIZE, gives_nothing=True)
    except Told as told:
        # A gradient of None: was it cleared, or is it that of another tensor?
        cleared = any(_cleared(p) for p in params)
        if told.feedback.mistake == "cleared-too-early" and not cleared:
            return answer.mistake("other-tensor", name=show.number(GRADS[0][0][0]))
        raise
    now = [p.detach().clone() for p in params]
    start = [torch.tensor(W), torch.tensor(B)]
    moved = [not near(a, b) for a, b in zip(now, start, strict=True)]
    if not any(moved):
        return _unmoved(answer, params, given, returned)
    expected = [
        right(p, torch.tensor(g), LR, BATCH_SIZE, 2) for p, g in zip(start, GRADS, strict=True)
    ]
    hits = [near(a, b) for a, b in zip(now, expected, strict=True)]
    if not all(hits):
        return _wrong_step(answer, start, now, expected, moved, hits)
    return _afterwards(answer, params) or _second_step(answer, params)


def _unmoved(answer, params, given, returned):
    facts = {"before": show.number(W[0][0]), "grad": show.number(GRADS[0][0][0])}
    facts["after"] = show.number(params[0].flatten()[0])
    if any(a is not b for a, b in zip(given, params, strict=False)):
        facts["after"] = show.number(given[0].flatten()[0])
        return answer.mistake("list-replaced", **facts)
    new = list(returned) if isinstance(returned, tuple | list) else [returned]
    if any(isinstance(one, torch.Tensor) and one.numel() == 3 for one in new):
        new = next(one for one in new if isinstance(one, torch.Tensor) and one.numel() == 3)
        return answer.mistake("returned", **{**facts, "after": show.number(new.flatten()[0])})
    # An endless rate makes nan of a gradient that was cleared before its use: 0 * inf.
    probe = new_params()
    give(probe, GRADS)
    answer.call(probe, float("inf"), BATCH_SIZE, gives_nothing=True)
    if bool(probe[0].isnan().any()):
        if _moves(answer, lr=1e6):
            expected = show.number(W[0][0] - LR * GRADS[0][0][0] / BATCH_SIZE)
            return answer.mistake("floored", expected=expected, **facts)
        return answer.mistake("cleared-too-early", **facts)
    if answer.text and _cleared_before_step(answer.text):
        return answer.mistake("cleared-too-early", **facts)
    if answer.text and answer.text.find(answer.exercise.mistakes["grad-stepped"]["line"]):
        return answer.mistake("grad-stepped", **facts)
    rebinds = answer.text and answer.text.find(answer.exercise.mistakes["rebound"]["line"])
    return answer.mistake("rebound" if rebinds else "untouched", **facts)


def _moves(answer, lr):
    """Whether a step at this rate arrives."""
    params = new_params()
    give(params, GRADS)
    answer.call(params, lr, BATCH_SIZE, gives_nothing=True)
    return not near(params[0], torch.tensor(W))


def _cleared_before_step(text):
    """Whether an optimizer is asked to clear before it is asked to step."""
    clear, step = text.find(r"zero_grad\("), text.find(r"\.step\(")
    return bool(clear and step and clear < step)


def _wrong_step(answer, start, now, expected, moved, hits):
    if hits == [True, False] and not moved[1]:
        after = show.numbers(now[0])
        return answer.mistake("only-first", before=show.number(start[1][0]), after=after)
    if hits == [False, True] and not moved[0]:
        return answer.mistake("only-last", before=show.numbers(start[0]))
    facts = {
        "before": show.number(start[0][0, 0]),
        "after": show.number(now[0][0, 0]),
        "expected": show.number(expected[0][0, 0]),
        "moved": show.number(now[0][0, 0] - start[0][0, 0]),
        "grad": show.number(GRADS[0][0][0]),
        "lr": show.number(LR),
        "batch_size": BATCH_SIZE,
    }
    if bool((now[0] == 0).all()):
        return answer.mistake("param-cleared", **facts)
    for name, step in STEPS:
        if _explains(step, start, now) and _confirmed(answer, step):
            if name == "sign-only" and answer.text and answer.text.find(r"optim"):
                name = "other-optimizer"
            elif name == "sign-only" and _clips(answer):
                name = "clipped"
            return answer.mistake(name, **facts)
    for divisor in DIVISORS.values():

        def step(p, g, lr, n, k, divisor=divisor):
            return p - lr * g / divisor(p, k)

        if _explains(step, start, now) and _confirmed(answer, step):
            number = divisor(start[0], 2)
            facts |= {"count": start[0].numel(), "divisor": number}
            return answer.mistake("divided-by-other", **facts)
    if found := _own_number(answer, start, now, facts):
        return found
    if found := _factor(answer, start, now, facts):
        return found
    if any(hits):
        at = hits.index(False)
        facts = {
            "before": show.number(start[at].flatten()[0]),
            "got": show.number(now[at].flatten()[0]),
            "expected": show.number(expected[at].flatten()[0]),
            "grad": show.number(torch.tensor(GRADS[at]).flatten()[0]),
        }
        where = {"index": hits.index(True) + 1, "other": at + 1, "count": 2}
        return answer.wrong("one-param", **facts, **where)
    return answer.wrong("step", got=facts["after"], **facts)


def _clips(answer):
    """Tell a gradient that is only cut off: a small one takes its own step."""
    small = [[[x / 100 for x in row] for row in GRADS[0]], [x / 100 for x in GRADS[1]]]
    params = new_params()
    give(params, small)
    answer.call(params, LR, BATCH_SIZE, gives_nothing=True)
    return _explains(right, [torch.tensor(W), torch.tensor(B)], [p.detach() for p in params], small)


def _own_number(answer, start, now, facts):
    """A share of the gradient that does not follow the arguments: a number is written in."""
    params = new_params()
    give(params, LATER_GRADS)
    answer.call(params, OTHER_LR, OTHER_BATCH_SIZE, gives_nothing=True)
    here = _share(start, now, GRADS)
    there = _share(start, [p.detach() for p in params], LATER_GRADS)
    if here is None or there is None:
        return None
    for name, own, other in (
        ("own-numbers", here, there),
        ("own-rate", here * BATCH_SIZE, there * OTHER_BATCH_SIZE),
        ("own-size", LR / here, OTHER_LR / there),
    ):
        if abs(own / other - 1) < 1e-3:
            return answer.mistake(name, own=show.number(own), **facts)
    return None


# By what the gradient may have been divided instead, as a text and a number.
DIVIDED = {
    "batch_size - 1": lambda n: n - 1,
    "batch_size + 1": lambda n: n + 1,
    "2 * batch_size": lambda n: 2 * n,
    "batch_size / 2": lambda n: n / 2,
    "sqrt(batch_size)": lambda n: n**0.5,
}


def _factor(answer, start, now, facts):
    """A step in proportion to the gradient, divided by something near the batch size."""
    for text, divide in DIVIDED.items():

        def step(p, g, lr, n, k, divide=divide):
            return p - lr * g / divide(n)

        if _explains(step, start, now) and _confirmed(answer, step):
            return answer.mistake("divided-by-formula", formula=text, **facts)
    return None


def _share(start, now, grads):
    """What share of the gradient every number moved by; None where it is not the same."""
    shares = torch.cat(
        [((a - b) / torch.tensor(g)).flatten() for a, b, g in zip(start, now, grads, strict=True)]
    )
    share = float(shares[0])
    even = bool(((shares - share).abs() <= 1e-3 * abs(share)).all())
    return share if even and share > 0 else None


def _explains(step, start, now, grads=GRADS, lr=LR, n=BATCH_SIZE):
    return all(
        near(b, step(a, torch.tensor(g), lr, n, 2))
        for a, b, g in zip(start, now, grads, strict=True)
    )


def _confirmed(answer, step):
    """Tell whether a mistake explains another step, too."""
    params = new_params()
    give(params, LATER_GRADS)
    answer.call(params, OTHER_LR, OTHER_BATCH_SIZE, gives_nothing=True)
    start, now = [torch.tensor(W), torch.tensor(B)], [p.detach() for p in params]
    return _explains(step, start, now, LATER_GRADS, OTHER_LR, OTHER_BATCH_SIZE)


def _afterwards(answer, params):
    if not all(p.is_leaf and p.requires_grad for p in params):
        return answer.mistake("flag-lost")
    kept = [not _cleared(p) for p in params]
    if any(kept) and not all(kept):
        at = kept.index(True)
        grad = show.number(params[at].grad.flatten()[0])
        return answer.mistake("cleared-one", count=1, index=at + 1, grad=grad)
    for at, p in enumerate(params):
        if not _cleared(p) and not near(p.grad, torch.tensor(GRADS[at])):
            after = show.numbers(p.grad)
            return answer.mistake("partly-cleared", index=at + 1, after=after)
    return None


def _cleared(p):
    return p.grad is None or bool((p.grad == 0).all())


def _second_step(answer, params):
    """The step after the next backward: with the same list, another rate, another size."""
    kept = not _cleared(params[0])
    grad = None if params[0].grad is None else show.number(params[0].grad.flatten()[0])
    before = [p.detach().clone() for p in params]
    give(params, LATER_GRADS)
    answer.call(params, OTHER_LR, OTHER_BATCH_SIZE, gives_nothing=True)
    now = [p.detach() for p in params]
    if _explains(right, before, now, LATER_GRADS, OTHER_LR, OTHER_BATCH_SIZE):
        return None
    later = torch.tensor(LATER_GRADS[0])
    expected = right(before[0], later, OTHER_LR, OTHER_BATCH_SIZE, 2)
    facts = {"expected": show.number(expected[0, 0])}
    after = show.number(now[0][0, 0])
    if kept:
        return answer.mistake("not-cleared", grad=grad, second=after, **facts)
    facts |= {"before": show.number(before[0][0, 0]), "got": after}
    facts |= {"grad": show.number(later[0, 0]), "lr": OTHER_LR, "batch_size": OTHER_BATCH_SIZE}
    return answer.wrong("second", **facts)
