"""Shapes; then, by least squares, the recipe and the noise that the data were made with."""

import math

import torch

from linreg_lib.exercises import _show as show
from linreg_lib.exercises._compare import near, parts
from linreg_lib.model import least_squares

W, B, N, OTHER_N = [1.25, -2.0, 0.75], 3.5, 1200, 40
STD = 0.01


def check(answer):
    """Form, features, recipe, noise, and whether two calls differ."""
    w = torch.tensor(W)
    X, y = _two(answer, answer.call(w, B, N))
    if not near(w, torch.tensor(W)):
        before, after = show.number(W[0]), show.number(w[0])
        return answer.mistake("argument-changed", before=before, after=after)
    X, y = X.detach(), y.detach()
    return (
        _shapes(answer, X, y)
        or _finite(answer, X, y)
        or _features(answer, X)
        or _recipe(answer, X.double(), y.double())
        or _labels_shape(answer, y)
        or _again(answer, X)
        or _other_number(answer)
    )


def _two(answer, value):
    if isinstance(value, torch.Tensor):
        answer.stop(answer.mistake("one-thing", got=show.shape(value)))
    two = parts(value)
    if two is None:
        answer.stop(answer.mistake("not-the-form", got=show.thing(value)))
    if len(two) != 2:
        answer.stop(answer.mistake("count", count=len(two)))
    for name, one in zip(("features", "labels"), two, strict=True):
        if not isinstance(one, torch.Tensor):
            answer.stop(answer.mistake("not-a-tensor", name=name, got=show.thing(one)))
    return two


def _shapes(answer, X, y):
    d = len(W)
    facts = {"n": N, "d": d, "other": OTHER_N, "want": str((N, d))}
    if y.shape == (N, d) and X.numel() == N:
        return answer.mistake("swapped", first=show.shape(X), second=show.shape(y))
    if X.shape == (d, N):
        return answer.mistake("transposed", got=show.shape(X), **facts)
    if X.dim() == 2 and X.shape[1] == d and len(X) != N:
        if len(_two(answer, answer.call(torch.tensor(W), B, OTHER_N))[0]) == len(X):
            return answer.mistake("fixed-number", got=len(X), **facts)
        return answer.wrong("features-shape", got=show.shape(X), **facts)
    if tuple(X.shape) == (N, d + 1) and any(bool((X[:, i] == 1).all()) for i in (0, d)):
        return answer.mistake("ones-returned", got=X.shape[1], **facts)
    if X.dim() == 2 and len(X) == N and X.shape[1] != d:
        return answer.mistake("fixed-features", got=X.shape[1], **facts)
    if X.shape != (N, d):
        return answer.wrong("features-shape", got=show.shape(X), **facts)
    if y.numel() == N * N:
        return answer.mistake("n-by-n", got=show.shape(y), count=y.numel(), **facts)
    if y.shape == (N, d):
        return answer.mistake("not-summed", got=show.shape(y), **facts)
    if y.numel() == d:
        return answer.mistake("rows-added", got=show.shape(y), **facts)
    if y.numel() != N:
        return answer.wrong("labels-shape", got=show.shape(y), **(facts | {"want": str((N, 1))}))
    return None


def _labels_shape(answer, y):
    if tuple(y.shape) == (N, 1):
        return None
    if y.dim() == 1:
        return answer.mistake("flat", got=show.shape(y), n=N)
    if tuple(y.shape) == (1, N):
        return answer.mistake("row", got=show.shape(y))
    return answer.wrong("labels-shape", got=show.shape(y), n=N, want=str((N, 1)))


def _finite(answer, X, y):
    for name, numbers in (("features", X), ("labels", y)):
        if not bool(numbers.isfinite().all()):
            return answer.wrong("not-finite", name=name)
    return None


def _features(answer, X):
    if not X.is_floating_point():
        return answer.mistake(
            "features-not-normal", mean=show.number(X.float().mean()), std="whole numbers"
        )
    if bool((X[:1] == X).all()):
        return answer.mistake("same-rows", want=str((N, len(W))))
    if bool((X[:, :1] == X).all()):
        return answer.mistake("same-features")
    mean, std = float(X.mean()), float(X.std())
    facts = {"mean": show.number(mean), "std": show.number(std)}
    if abs(mean) < 0.15 and abs(std - 1) < 0.15:
        return None
    if float(X.min()) >= 0 and float(X.max()) <= 1:
        low, high = show.number(X.min()), show.number(X.max())
        return answer.mistake("uniform-features", low=low, high=high, **facts)
    if abs(mean) < 0.15 and std < 0.5:
        return answer.mistake("small-features", **facts)
    return answer.mistake("features-not-normal", **facts)


def _fitted(X, y):
    """The weights, flat, and the bias, a number, of least squares."""
    w, b = least_squares(X, y)
    return w.reshape(-1), float(b)


def _recipe(answer, X, y):
    y = y.reshape(-1)
    w, b = _fitted(X, y)
    true = torch.tensor(W, dtype=torch.float64)
    left = y - X @ w - b
    share = 1 - float(left.square().mean() / (y.var() + 1e-30))
    facts = {"found_w": show.numbers(w), "found_b": show.number(b), "n": N}
    facts |= {"w": show.numbers(true), "b": show.number(B)}
    if share < 0.5:
        squared_w, squared_b = _fitted(torch.cat([X, X**2, X.abs()], dim=1), y)
        curved = y - torch.cat([X, X**2, X.abs()], dim=1) @ squared_w - squared_b
        if float(curved.std()) < float(y.std()) / 2:
            return answer.mistake("not-linear", share=f"{max(100 * share, 0):.0f}")
        return answer.mistake("other-features", share=f"{max(100 * share, 0):.0f}")
    loose = max(0.02, 5 * float(left.std()) / math.sqrt(N))
    right_w, right_b = near(w, true, atol=loose), abs(b - B) < max(loose, 0.1)
    if right_w and right_b:
        clean = X @ true + B
        if _grows_with_labels(y - clean, clean):
            return answer.mistake("noise-multiplied")
        return _noise(answer, y - clean, left)
    times = round(b / B)
    if right_w and times > 1 and abs(b - times * B) < loose:
        return answer.mistake("bias-twice", times=times, **facts)
    if right_w and abs(b) < loose:
        return answer.mistake("bias-missing", **facts)
    if right_w and abs(b + B) < loose:
        return answer.mistake("bias-negative", **facts)
    if near(w, true + B, atol=loose) and abs(b) < loose:
        return answer.mistake("bias-on-weights", **facts)
    if near(w, -true, atol=loose):
        return answer.mistake("weights-negative", **facts)
    if near(w, torch.ones_like(w), atol=loose):
        return answer.mistake("unweighted", **facts)
    if near(w, true / len(W), atol=loose):
        return answer.mistake("averaged", **facts)
    if float(left.std()) > 0.2 and abs(left.std() - 1) > 0.15:
        return answer.wrong("line", got=show.number(left.std()))
    again = _two(answer, answer.call(torch.tensor([-0.5, 3.0, 2.25]), -1.75, N))
    w_again, b_again = _fitted(again[0].double(), again[1].double())
    same_w, same_b = near(w, w_again, atol=loose), abs(b - b_again) < loose
    if (right_w or same_w) and (right_b or same_b):
        return answer.mistake("own-recipe", **facts)
    return answer.mistake("other-recipe", **facts)


def _grows_with_labels(noise, clean):
    """Whether the noise is normal in proportion to the labels: its median and its tail say so."""
    share = (noise / clean).abs().sort().values / STD
    median, tail = float(share[len(share) // 2]), float(share[len(share) * 19 // 20])
    return abs(median / 0.6745 - 1) < 0.15 and abs(tail / 1.96 - 1) < 0.15


def _noise(answer, noise, left):
    """Judge what is left after the recipe that was asked for."""
    mean, std = float(noise.mean()), float(noise.std())
    facts = {"got": show.number(std), "std": show.number(std), "mean": show.number(mean), "n": N}
    if std < 2e-6 or std < abs(mean) * 1e-3:
        if abs(mean) < 2e-6:
            return answer.mistake("no-noise", **facts)
        return answer.mistake("one-noise", **(facts | {"got": show.number(mean)}))
    if float(noise.min()) > -std / 10 and mean > std / 2:
        low, high = show.number(noise.min()), show.number(noise.max())
        even = abs(mean / float(noise.max()) - 0.5) < 0.05
        name = "uniform-noise" if even else "one-sided-noise"
        return answer.mistake(name, low=low, high=high, **facts)
    if abs(mean) > 0.3 * std:
        return answer.mistake("noise-off-centre", **facts)
    for name, wanted in (("variance", STD**2), ("root", STD**0.5), ("unscaled-noise", 1.0)):
        if abs(std / wanted - 1) < 0.1:
            return answer.mistake(name, **facts)
    length = math.sqrt(sum(weight**2 for weight in W))
    if abs(std / (STD * length) - 1) < 0.1:
        return answer.mistake("noise-on-features", length=show.number(length), **facts)
    if abs(std / STD - 1) > 0.12:
        return answer.mistake("noise-size", **facts)
    return None


def _again(answer, X):
    again = _two(answer, answer.call(torch.tensor(W), B, N))[0]
    if torch.equal(again, X):
        return answer.mistake("same-twice", got=show.numbers(X[0]))
    return None


def _other_number(answer):
    X, y = _two(answer, answer.call(torch.tensor([2.0]), 0.0, OTHER_N))
    if tuple(X.shape) != (OTHER_N, 1):
        want = str((OTHER_N, 1))
        return answer.wrong("features-shape", got=show.shape(X), n=OTHER_N, d=1, want=want)
    if tuple(y.shape) != (OTHER_N, 1):
        return answer.wrong("labels-shape", got=show.shape(y), n=OTHER_N, want=str((OTHER_N, 1)))
    return None
