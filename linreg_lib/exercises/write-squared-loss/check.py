"""Compare with half the squared errors; then with what the known mistakes compute."""

import torch

from linreg_lib.exercises import _show as show
from linreg_lib.exercises._compare import as_tensor, near, parts

Y_HAT = [[1.5], [-2.0], [0.25], [4.0], [-1.0]]
Y = [[3.0], [-0.5], [1.25], [3.5], [-3.0]]
OTHER_Y_HAT = [[0.5], [2.0], [-3.0]]
OTHER_Y = [[-1.0], [2.75], [1.0]]

# What each mistake computes from the error, the predictions and the labels (both columns).
FORMULAS = {
    "no-half": lambda p, y: (p - y) ** 2,
    "doubled": lambda p, y: 2 * (p - y) ** 2,
    "halved-before": lambda p, y: ((p - y) / 2) ** 2,
    "negative": lambda p, y: -((p - y) ** 2) / 2,
    "not-squared": lambda p, y: (p - y) / 2,
    "times-two": lambda p, y: (p - y) * 2 / 2,
    "absolute": lambda p, y: (p - y).abs(),
    "difference-of-squares": lambda p, y: (p**2 - y**2) / 2,
    "half-of-labels": lambda p, y: p - y**2 / 2,
    "added": lambda p, y: (p + y) ** 2 / 2,
    "root": lambda p, y: ((p - y) ** 2 / 2).sqrt(),
    "divided": lambda p, y: (p - y) ** 2 / 2 / len(p),
}
# The same mistake in another form.
VARIANTS = [
    *FORMULAS.items(),
    ("negative", lambda p, y: -((p - y) ** 2)),
    ("not-squared", lambda p, y: (y - p) / 2),
    ("times-two", lambda p, y: (y - p) * 2 / 2),
    ("times-two", lambda p, y: (p - y) * 2),
    ("absolute", lambda p, y: (p - y).abs() / 2),
    ("difference-of-squares", lambda p, y: p**2 - y**2),
    ("difference-of-squares", lambda p, y: (y**2 - p**2) / 2),
    ("half-of-labels", lambda p, y: p - y**2),
    ("half-of-labels", lambda p, y: (p - y**2) / 2),
    ("half-of-labels", lambda p, y: p**2 - y),
    ("half-of-labels", lambda p, y: p - (y / 2) ** 2),
    ("half-of-labels", lambda p, y: p**2 - y / 2),
    ("half-of-labels", lambda p, y: p / 2 - y**2),
    ("cubed", lambda p, y: (p - y) ** 3 / 2),
    ("product", lambda p, y: (p * y) ** 2 / 2),
    ("product", lambda p, y: p * y / 2),
    ("root", lambda p, y: ((p - y) ** 2).sqrt() / 2),
    ("divided-for-half", lambda p, y: (p - y) ** 2 / len(p)),
]


def half_square(p, y):
    """What is right."""
    return (p - y) ** 2 / 2


def check(answer):
    """Look at labels in a column, then at the same labels flat."""
    y_hat, y = torch.tensor(Y_HAT, requires_grad=True), torch.tensor(Y)
    came = answer.call(y_hat * 1, y.clone())
    column = _tensor(answer, came)
    flat = _tensor(answer, answer.call(y_hat * 1, y.clone().reshape(-1)))
    return (
        _shapes(answer, column, flat, y_hat.detach(), y)
        or _values(answer, column, y_hat.detach(), y)
        or _flat_labels(answer, column, flat, y_hat.detach(), y)
        or _record(answer, came, column, y)
        or _layout(answer, column, flat, y_hat.detach(), y)
        or _harm(answer)
    )


def _tensor(answer, value):
    losses = as_tensor(value)
    if losses is None:
        answer.stop(answer.wrong("type", got=show.thing(value)))
    return losses


def _facts(got, y_hat, y):
    n, first = len(y), (y_hat - y).flatten()[0]
    return {
        "n": n,
        "count": got.numel(),
        "got_shape": show.shape(got),
        "y_hat_shape": show.shape(y_hat),
        "y_shape": show.shape(y.reshape(-1)),
        "error": show.number(first),
        "first_y_hat": show.number(y_hat[0, 0]),
        "first_y": show.number(y[0, 0]),
        "y_hat": show.numbers(y_hat),
        "y": show.numbers(y),
    }


def _shapes(answer, column, flat, y_hat, y):
    """Tell losses that are too many or too few."""
    n, losses = len(y), half_square(y_hat, y)
    facts = _facts(column, y_hat, y)
    if column.numel() == 1:
        return (
            _one_of("mean", answer, column, losses.mean(), facts)
            or _one_of("sum", answer, column, losses.sum(), facts)
            or _one_of("mean-of-squares", answer, column, 2 * losses.mean(), facts)
            or _one_of("sum-of-squares", answer, column, 2 * losses.sum(), facts)
            or answer.mistake("one-number", **{**facts, "got": show.number(column)})
        )
    if column.numel() == n * n or (flat.numel() == n * n and column.numel() == n):
        return _square(answer, column, flat, y_hat, y)
    if column.numel() != n:
        return answer.wrong("shape", got=show.shape(column), **facts)
    return None


def _square(answer, column, flat, y_hat, y):
    """Tell every prediction against every label from every error times every error."""
    n = len(y)
    at_flat = flat.numel() == n * n
    facts = _facts(flat if at_flat else column, y_hat, y)
    facts["labels"] = f"flat labels of shape {show.shape(y.reshape(-1))}"
    if not at_flat:
        facts["labels"] = f"labels of shape {show.shape(y)}"
    got = (flat if at_flat else column).detach().reshape(n, n)
    error = y_hat - y
    if column.numel() == n * n and any(near(got, k * error @ error.T) for k in (0.5, 1)):
        return answer.mistake("errors-multiplied", **facts)
    return answer.mistake("n-by-n", **facts)


def _one_of(name, answer, got, value, facts):
    got = got.detach().reshape(())
    if near(got, value):
        return answer.mistake(name, **{**facts, "got": show.number(got)})
    return None


def _values(answer, column, y_hat, y):
    expected = half_square(y_hat, y)
    got = column.detach().reshape(expected.shape)
    if near(got, expected):
        return None
    facts = _facts(column, y_hat, y)
    whole = bool((got == got.round()).all()) and bool(((got - expected).abs() < 1).all())
    slashes = answer.text and answer.text.find("//")
    if (slashes and bool((got == 0).all())) or whole:
        facts |= {"got": show.number(got[0, 0]), "expected": show.number(expected[0, 0])}
        return answer.mistake("floored" if slashes else "rounded", **facts)
    for name, formula in VARIANTS:
        if near(got, formula(y_hat, y)) and _confirmed(answer, formula):
            first = show.number(got[0, 0])
            facts |= {"got": first, "expected": show.number(expected[0, 0])}
            return answer.mistake(name, **facts)
    return answer.wrong("values", got=show.numbers(got), expected=show.numbers(expected), **facts)


def _confirmed(answer, formula):
    """A mistake must also explain other data."""
    p, y = torch.tensor(OTHER_Y_HAT), torch.tensor(OTHER_Y)
    again = answer.call(p.clone(), y.clone())
    again = _tensor(answer, again).detach()
    return again.numel() == len(y) and near(again.reshape(y.shape), formula(p, y))


def _flat_labels(answer, column, flat, y_hat, y):
    facts = _facts(flat, y_hat, y)
    if flat.numel() != len(y):
        return answer.mistake("n-by-n-added", got=show.thing(flat), **facts)
    if not near(flat.detach().reshape(y.shape), half_square(y_hat, y)):
        table = half_square(y_hat, y.reshape(1, -1))
        sums = [f(table, d) for f in (torch.sum, torch.mean) for d in (0, 1)]
        if any(near(flat.detach().reshape(-1), s.reshape(-1)) for s in sums):
            return answer.mistake("n-by-n-added", got=show.thing(flat), **facts)
        return answer.wrong("labels-shape", got=show.thing(flat), y_shape=facts["y_shape"])
    return None


def _record(answer, came, column, y):
    """Ask whether `backward` would find its way back to the predictions."""
    if not isinstance(came, torch.Tensor):
        rows = [one for one in parts(came) or [] if isinstance(one, torch.Tensor)]
        name = "list-of-tensors" if any(one.requires_grad for one in rows) else "numbers"
        return answer.mistake(name, n=len(y), got=show.thing(came))
    return None if column.requires_grad else answer.mistake("no-graph", n=len(y))


def _layout(answer, column, flat, y_hat, y):
    for got in (column, flat):
        if got.shape != y_hat.shape:
            return answer.mistake("flat", **_facts(got, y_hat, y))
    return None


def _harm(answer):
    """Tell what the right numbers hide: a changed argument."""
    flat = torch.tensor(Y).reshape(-1)
    answer.call(torch.tensor(Y_HAT), flat)
    if flat.dim() != 1:
        return answer.mistake("caller-reshaped", got=show.shape(flat), want=f"({flat.numel()},)")
    for name, at in (("y_hat", 0), ("y", 1)):
        given = [torch.tensor(Y_HAT), torch.tensor(Y)]
        answer.call(*given)
        before = (torch.tensor(Y_HAT), torch.tensor(Y))[at]
        if not near(given[at], before):
            return answer.mistake(
                "caller-changed",
                name=name,
                before=show.number(before[0, 0]),
                after=show.number(given[at].flatten()[0]),
            )
    return None
