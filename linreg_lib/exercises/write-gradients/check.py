"""Compare with sums written out by hand; then with what the known mistakes compute."""

import torch

from linreg_lib.exercises import _show as show
from linreg_lib.exercises._compare import as_tensor, near, near_values, parts

# Of what formulas are made: factors, errors, and how they are added up.
FACTORS = {"": 1, "-": -1, "2 * ": 2, "0.5 * ": 0.5}
DIVISORS = {
    "": lambda n, d: 1,
    " / n": lambda n, d: n,
    " / d": lambda n, d: d,
    " / (n * d)": lambda n, d: n * d,
    " / (2 * n)": lambda n, d: 2 * n,
    " * n": lambda n, d: 1 / n,
}
SUMS = (
    {
        "X.T @ {}": lambda X, e, w, b: X.T @ e,
        "X.sum(0) * {}.sum()": lambda X, e, w, b: X.sum(0) * e.sum(),
        "X.mean(0) * {}.mean()": lambda X, e, w, b: X.mean(0) * e.mean(),
        "X.sum(0) * {}.mean()": lambda X, e, w, b: X.sum(0) * e.mean(),
        "w * (X.T @ {})": lambda X, e, w, b: w * (X.T @ e),
        "(X ** 2).T @ {}": lambda X, e, w, b: (X**2).T @ e,
        "{}.sum()": lambda X, e, w, b: e.sum().expand(len(w)),
        "(X.T @ {}).mean()": lambda X, e, w, b: (X.T @ e).mean().expand(len(w)),
    },
    {
        "{}.sum()": lambda X, e, w, b: e.sum(),
        "{}.mean()": lambda X, e, w, b: e.mean(),
        "b * {}.sum()": lambda X, e, w, b: b * e.sum(),
        "(X.T @ {}).sum()": lambda X, e, w, b: (X.T @ e).sum(),
    },
)
AUTOGRAD = r"backward\(|autograd\.|\b(jacrev|jacfwd|vjp)\(|func\.grad"
BATCHES = (
    (
        [
            [1.0, -2.0, 0.5],
            [3.0, 0.25, -1.0],
            [-0.5, 1.5, 2.0],
            [0.75, -1.0, 4.0],
            [2.0, 3.0, -3.0],
        ],
        [[2.0], [-1.5], [0.75], [5.0], [-4.0]],
        [[0.5], [-1.25], [2.0]],
        [1.5],
    ),
    ([[0.5, 2.0], [-1.0, 1.0], [3.0, -0.5]], [[1.0], [2.5], [-3.0]], [[1.5], [-0.5]], [-0.75]),
    ([[2.0], [-1.0], [0.5], [4.0]], [[3.0], [1.0], [-2.0], [0.5]], [[-0.25]], [0.6]),
)


def of_error(X, error):
    """The gradients, were this the error."""
    return X.T @ error, error.sum()


def formulas(X, y, w, b, at):
    """What formulas of a few blocks give for the gradient of `w` (at 0) or `b` (at 1), by text."""
    n, d = X.shape
    p = X @ w + b
    errors = {
        "(X @ w + b - y)": p - y,
        "(X @ w - y)": p - b - y,
        "(X @ w + b)": p,
        "(X @ w)": p - b,
        "y": y,
        "((X @ w + b - y) ** 2)": (p - y) ** 2,
        "((X @ w - y) ** 2)": (p - b - y) ** 2,
        "(X @ w + b + y)": p + y,
        "(y - X @ w + b)": y - p + 2 * b,
    }
    for error, e in errors.items():
        for text, sums in SUMS[at].items():
            value = sums(X, e, w, b).reshape(-1)
            for factor, k in FACTORS.items():
                for divisor, by in DIVISORS.items():
                    yield factor + text.format(error) + divisor, value * k / by(n, d)


def _forms(X, y, w, b):
    """What each mistake makes of the two gradients; a mistake may have several forms."""
    n, p = len(X), X @ w + b
    e = p - y
    grad_w, grad_b = of_error(X, e)
    yield "sign", -grad_w, -grad_b
    yield "mean", grad_w / n, grad_b / n
    yield "doubled", 2 * grad_w, 2 * grad_b
    yield "halved", grad_w / 2, grad_b / 2
    yield "sign", -2 * grad_w, -2 * grad_b
    yield "sign", -grad_w / n, -grad_b / n
    yield "sign", -2 * grad_w / n, -2 * grad_b / n
    yield "without-bias", *of_error(X, X @ w - y)
    yield "without-features", e.sum() * torch.ones_like(w), e.sum() * X.sum()
    yield "features-alone", X.sum(0).reshape(-1, 1), torch.tensor(float(n))
    yield "labels-for-error", *of_error(X, y)
    yield "labels-for-error", *of_error(X, -y)
    yield "prediction-for-error", *of_error(X, p)
    yield "squared-error", *of_error(X, e**2)
    yield "squared-error", *of_error(X, e**2 / 2)
    loss = (e**2).sum() / 2
    yield "loss", loss.expand(w.shape), loss
    yield "totals", e.sum() * X.sum(0).reshape(-1, 1), grad_b
    yield "absolute", *of_error(X, e.abs())
    yield "absolute", *of_error(X, e.sign())
    yield "one-example", X[:1].T @ e[:1], e[0]
    yield "one-example", X[-1:].T @ e[-1:], e[-1]
    yield "mean-of-all", (X * e).mean().expand(w.shape), e.mean() * 0 + 1e30
    yield "sum-of-all", (X * e).sum().expand(w.shape), e.mean() * 0 + 1e30


def check(answer):
    """Three batches of different sizes; the first one tells the mistake."""
    found = None
    for X, y, w, b in BATCHES:
        found = found or _batch(answer, *map(torch.tensor, (X, y, w, b)))
    return found or _by_hand(answer)


def _by_hand(answer):
    """What autograd finds depends on its being on; what is worked out by hand does not."""
    X, y, w, b = map(torch.tensor, BATCHES[0])
    try:
        with torch.no_grad():
            answer.function(X, y, w, b)
    except Exception:  # whatever it is, it did not happen with recording on
        return answer.mistake("autograd")
    if answer.text and answer.text.find(AUTOGRAD):
        return answer.mistake("autograd")
    return None


def _batch(answer, X, y, w, b):
    given = [X.clone(), y.clone(), w.clone(), b.clone()]
    value = answer.call(*given)
    grad_w, grad_b = _two(answer, value, given, len(w))
    right = of_error(X, X @ w + b - y)
    return (
        _harm(answer, (X, y, w, b), given)
        or _shapes(answer, (X, y, w, b), grad_w, grad_b)
        or _values(answer, (X, y, w, b), grad_w, grad_b, right)
        or _layout(answer, grad_w, w)
    )


def _two(answer, value, given, d):
    came = value
    if isinstance(value, torch.Tensor) and not (value.dim() == 1 and len(value) == 2 != d):
        answer.stop(answer.mistake("one-thing", got=show.shape(value)))
    if not isinstance(value, torch.Tensor):
        value = parts(value)
    if value is None:
        answer.stop(answer.mistake("not-the-form", got=show.thing(came)))
    if len(value) != 2:
        answer.stop(answer.mistake("count", count=len(value)))
    grads = []
    for name, one in zip("wb", value, strict=True):
        if one is None:
            answer.stop(answer.mistake("none", name=name))
        grad = as_tensor(one)
        if grad is None:
            answer.stop(answer.mistake("not-a-tensor", name=name, got=show.thing(one)))
        grads.append(grad.detach().float())
    if d > 1 and grads[0].numel() == 1 and grads[1].numel() == d:
        facts = {"first": grads[0].numel(), "second": grads[1].numel()}
        answer.stop(answer.mistake("swapped", **facts))
    return grads


def _harm(answer, before, after):
    for name, a, z in zip(("X", "y", "w", "b"), before, after, strict=True):
        if not near(a, z):
            numbers = {"before": show.number(a.flatten()[0]), "after": show.number(z.flatten()[0])}
            return answer.mistake("step-taken", name=name, **numbers)
    return None


def _shapes(answer, batch, grad_w, grad_b):
    X, y, w, b = batch
    (n, d), error = X.shape, X @ w + b - y
    facts = {"n": n, "got": show.shape(grad_w), "want": show.shape(w)}
    added = (X * error).sum(1)
    if n != d and any(near_values(grad_w, k * added) for k in (1, -1, 1 / d, -1 / d)):
        return answer.mistake("features-added", name="w", d=d, **facts)
    if grad_w.numel() in (n, n * d) and grad_w.numel() != d and grad_w.shape[:1] == (n,):
        return answer.mistake("per-example", name="w", **facts)
    if tuple(grad_w.shape) == (d, n) and n != 1:
        if near(grad_w, (X * error).T) or near(grad_w, -(X * error).T):
            return answer.mistake("per-example", name="w", **facts)
        p = error + y
        tables = [X.T @ (p - y.T), X.T @ (p.T - y)]
        if any(near(grad_w, sign * table) for table in tables for sign in (1, -1)):
            return answer.mistake("table", n=n, got=show.shape(grad_w))
    if grad_w.numel() != d and grad_w.numel() != 1:
        return answer.wrong("shape", name="w", **facts)
    if grad_b.numel() == n != 1:
        return answer.mistake("bias-per-example", got=show.shape(grad_b), n=n)
    if grad_b.numel() != 1:
        return answer.wrong("shape", name="b", got=show.shape(grad_b), want="(1,)")
    return None


def _values(answer, batch, grad_w, grad_b, right):
    X, y, w, b = batch
    spread = grad_w.reshape(-1).expand(len(w)) if grad_w.numel() == 1 else grad_w.reshape(-1)
    hits = near_values(spread, right[0]), near_values(grad_b, right[1])
    if all(hits):
        return None
    for name, wrong_w, wrong_b in _forms(X, y, w, b):
        explains = near_values(spread, wrong_w), near_values(grad_b, wrong_b)
        at = hits.index(False)
        if all(e or h for e, h in zip(explains, hits, strict=True)) and explains[at]:
            own, got = (w, grad_w) if at == 0 else (b, grad_b)
            facts = {"name": "wb"[at], "n": len(X), "b": show.number(b[0])}
            facts |= {"got": show.numbers(got), "expected": show.numbers(right[at])}
            return answer.mistake(name, own=show.numbers(own), **facts)
    if found := _stepped(answer, batch, spread, grad_b, right):
        return found
    if found := _nudged(answer, (spread, grad_b), right):
        return found
    if found := _by_formula(answer, hits):
        return found
    facts = {"n": len(X), "d": len(w), "got": show.numbers(grad_w)}
    facts |= {"expected": show.numbers(right[0])}
    got_b, expected_b = show.numbers(grad_b), show.numbers(right[1])
    if hits == (True, False):
        return answer.wrong("b", got=got_b, expected=expected_b)
    if hits == (False, True):
        return answer.wrong("w", **facts)
    facts["got"] += f"; {got_b}"
    facts["expected"] += f"; {expected_b}"
    return answer.wrong("both", **facts)


def _by_formula(answer, hits):
    """Find the formula that gives what came, on all batches."""
    at = hits.index(False)
    tables, came = [], []
    for batch in BATCHES:
        X, y, w, b = map(torch.tensor, batch)
        value = answer.call(X.clone(), y.clone(), w.clone(), b.clone())
        grad = as_tensor(parts(value)[at] if parts(value) else value[at])
        size = len(w) if at == 0 else 1
        came.append(grad.detach().float().reshape(-1).expand(size))
        tables.append(dict(formulas(X, y, w, b, at)))
        expected = of_error(X, X @ w + b - y)[at]
        if len(tables) == 1:
            facts = {"n": len(X), "d": len(w), "expected": show.numbers(expected)}
            facts["got"] = show.numbers(grad.detach())
    for formula, value in tables[0].items():
        values = [value, *(table[formula] for table in tables[1:])]
        if all(near_values(a, b) for a, b in zip(came, values, strict=True)):
            return answer.mistake("other-formula", name="wb"[at], formula=formula, **facts)
    return None


def _nudged(answer, got, right):
    """Tell what a difference quotient in single precision makes of a gradient."""
    if not (answer.text and answer.text.find(r"/ \(?(\d \* )?(eps\w*|delta|h|d|dx|1e-\d+)\b")):
        return None
    for name, own, expected in zip("wb", got, right, strict=True):
        facts = {"name": name, "got": show.numbers(own), "expected": show.numbers(expected)}
        if bool((own == 0).all()):
            return answer.mistake("nudge-vanished", **facts)
        expected = expected.reshape(own.shape)
        if not near(own, expected) and near(own, expected, rtol=0.1, atol=0.5):
            return answer.mistake("nudge-rough", **facts)
    return None


def _stepped(answer, batch, grad_w, grad_b, right):
    """Tell parameters after a step, at whatever rate, from gradients."""
    _, _, w, b = batch
    rates = torch.cat([(w.flatten() - grad_w), (b - grad_b).flatten()])
    rates = rates / torch.cat([right[0].flatten(), right[1].flatten()])
    rate = float(rates[0])
    if rate <= 0 or not bool(((rates - rate).abs() < 1e-3 * rate).all()):
        return None
    got, own = show.numbers(grad_w), show.numbers(w)
    return answer.mistake("new-parameters", name="w", got=got, own=own, rate=show.number(rate))


def _layout(answer, grad_w, w):
    facts = {"got": show.shape(grad_w), "want": show.shape(w)}
    if grad_w.dim() == 1 and len(w) > 1:
        return answer.mistake("flat", **facts)
    if grad_w.dim() == 2 and grad_w.shape != w.shape:
        return answer.mistake("row", **facts)
    return None
