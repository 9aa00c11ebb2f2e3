"""Skewed data whose features go together: every way to go wrong gives another number."""

import math

import torch

from linreg_lib.exercises import _show as show
from linreg_lib.exercises._compare import as_tensor

SIZES = ((40, 2), (60, 3))


def data(n, d):
    """Features that go together and are off zero; the same numbers at every check."""
    X = torch.randn(n, d, generator=torch.Generator().manual_seed(n))
    X[:, 0] = 1.5 * X[:, 0] + 0.8
    X[:, 1] = X[:, 1] + 0.6 * X[:, 0]
    return X


def _eigenvalues(H):
    """Those of a symmetric matrix, as numbers, from small to large."""
    return torch.linalg.eigvalsh(H.double()).tolist()


def _forms(X):
    """What each mistake computes."""
    n = len(X)
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    all_ = _eigenvalues(A.T @ A / n)
    bare = _eigenvalues(X.T @ X / n)
    moved = X - X.mean(0)
    large = all_[-1]
    yield "no-ones", 2 / bare[-1]
    yield "not-divided", 2 / (large * n)
    yield "one-step", 1 / large
    yield "flattest", 2 / all_[0]
    yield "curvature", large
    yield "doubled", 4 / large
    yield "fastest", 2 / (large + all_[0])
    below = torch.cat([X, torch.ones_like(X[:1])])
    yield "ones-below", 2 / _eigenvalues(below.T @ below / len(below))[-1]
    yield "ones-below", 2 / _eigenvalues(below.T @ below / n)[-1]
    yield "average", 2 * len(all_) / sum(all_)
    yield "trace", 2 / sum(all_)
    yield "diagonal", 2 / float((A**2).mean(0).max())
    yield "diagonal", 2 / float((X**2).mean(0).max())
    for values in (all_, bare):
        root = (values[-1] * n) ** 0.5
        yield "singular", 2 / root
        yield "singular", 2 / root * n
        yield "singular", 2 / (root / n)
    for divisor in (n, n - 1, 1):
        centred = _eigenvalues(moved.T @ moved / divisor)
        yield "centred", 2 / centred[-1]
        A_moved = torch.cat([moved, torch.ones_like(X[:, :1])], dim=1)
        yield "centred", 2 / _eigenvalues(A_moved.T @ A_moved / divisor)[-1]
    scaled = moved / X.std(0)
    A_scaled = torch.cat([scaled, torch.ones_like(X[:, :1])], dim=1)
    yield "standardized", 2 / _eigenvalues(A_scaled.T @ A_scaled / n)[-1]
    yield "standardized", 2 / _eigenvalues(scaled.T @ scaled / n)[-1]
    yield "matrix-norm", 2 / float((A.T @ A / n).norm())
    yield "matrix-norm", 2 / float((X.T @ X / n).norm())
    yield "curvature", large * n
    yield "curvature", large / 2
    yield "squared", 2 / large**2
    yield "divided-by-other", 2 * A.shape[1] / large
    yield "divided-by-other", 2 * A.shape[1] / (large * n)
    yield "divided-by-other", 2 * X.shape[1] / (large * n)
    yield "divided-twice", 2 * n / large
    for value in all_[1:-1]:
        yield "middle", 2 / value


def formulas(X):
    """What formulas of a few blocks give, by their text."""
    n = len(X)
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    centred = X - X.mean(0)
    for name, M in (("A", A), ("X", X), ("(X - X.mean(0))", centred)):
        for division, by in (
            ("", 1),
            (" / n", n),
            (" / (n - 1)", n - 1),
            (" / (n + 1)", n + 1),
            (" / (2 * n)", 2 * n),
            (" / 10", 10),
            (" / sqrt(n)", n**0.5),
            (" * n", 1 / n),
        ):
            H = M.T @ M / by
            text, values = f"{name}.T @ {name}{division}", _eigenvalues(H)
            numbers = {
                f"max(eig({text}))": values[-1],
                f"min(eig({text}))": values[0],
                f"sum(eig({text}))": sum(values),
                f"mean(eig({text}))": sum(values) / len(values),
                f"det({text})": math.prod(values),
                f"max({text})": float(H.max()),
                f"mean({text})": float(H.mean()),
                f"sum({text})": float(H.sum()),
                f"norm({text})": float(H.norm()),
                f"(max(eig({text})) - min(eig({text})))": values[-1] - values[0],
            }
            for number, value in numbers.items():
                if value > 0:
                    for over in (0.5, 1, 2, 4, -2):
                        yield f"{over} / {number}", over / value
                        yield f"{over} / sqrt({number})", over / value**0.5
                    yield number, value
                    yield f"2 * {number}", 2 * value
                    yield f"2 / {number} ** 2", 2 / value**2
    for name, M in (("A", A), ("X", X)):
        yield f"2 / mean({name} ** 2)", 2 / float((M**2).mean())
        yield f"2 / max({name} ** 2)", 2 / float((M**2).max())
        yield f"2 / sum({name} ** 2)", 2 / float((M**2).sum())
    yield "2 / max(var(X))", 2 / float(X.var(0).max())
    yield "2 / max(std(X))", 2 / float(X.std(0).max())


def check(answer):
    """Two data sets; a mistake must explain both."""
    found, values = [], []
    for n, d in SIZES:
        X = data(n, d)
        got = _number(answer, answer.call(X.clone()), X)
        A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
        expected = 2 / _eigenvalues(A.T @ A / n)[-1]
        values.append(got)
        near = {name for name, value in _forms(X) if _near(got, value)}
        facts = {"got": show.number(got), "expected": show.number(expected), "n": n, "d": d}
        facts["border"] = expected
        found.append((_near(got, expected), near, facts))
    if all(right for right, _, _ in found):
        return None
    both = found[0][1] & found[1][1]
    facts = next(facts for right, _, facts in found if not right)
    if values[0] == values[1]:
        return answer.mistake("constant", **facts)
    for name in answer.exercise.mistakes:
        if name in both:
            return answer.mistake(name, **facts)
    tables = [dict(formulas(data(*size))) for size in SIZES]
    for formula in tables[0]:
        if all(_near(got, table[formula]) for got, table in zip(values, tables, strict=True)):
            return answer.mistake("other-formula", formula=formula, **facts)
    shares = [got / one["border"] for got, (_, _, one) in zip(values, found, strict=True)]
    if abs(shares[0] / shares[1] - 1) < 1e-4:
        return answer.mistake("share", share=show.number(shares[0]), **facts)
    for digits in (0, 1, 2):
        rounded = [round(one["border"], digits) for _, _, one in found]
        if all(abs(a - b) < 1e-6 for a, b in zip(values, rounded, strict=True)):
            return answer.mistake("rounded", **facts)
    return answer.wrong("value", **facts)


def _near(got, value):
    return abs(got - value) <= 2e-3 * abs(value)


def _number(answer, value, X):
    number = as_tensor(value)
    if number is not None and "complex" in str(number.dtype):
        number = number.real
    if number is not None and number.numel() == X.shape[1] + 1:
        A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
        borders = sorted(2 / value for value in _eigenvalues(A.T @ A / len(X)))
        if all(map(_near, sorted(number.flatten().tolist()), borders)):
            answer.stop(answer.mistake("every-direction", got=show.numbers(number)))
    if number is None or number.numel() != 1:
        answer.stop(answer.wrong("type", got=show.thing(value)))
    return float(number)
