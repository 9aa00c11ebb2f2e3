"""Shapes for several numbers of features, leaves and flags; the spread of many weights."""

import torch

from linreg_lib.exercises import _show as show
from linreg_lib.exercises._compare import parts

FEW, OTHER, MANY = 3, 5, 2000


def check(answer):
    """Form first, then what a parameter must be, then the numbers."""
    first = _two(answer, answer.call(FEW))
    return (
        _weights(answer, *first)
        or _bias(answer, *first)
        or _parameters(answer, *first)
        or _numbers(answer, *_two(answer, answer.call(MANY)))
        or _again(answer, *first)
        or _one_feature(answer)
        or _shape_of_bias(answer, first[1])
    )


def _two(answer, value):
    if isinstance(value, torch.Tensor):
        answer.stop(answer.mistake("one-thing", got=show.shape(value)))
    two = parts(value)
    if two is None:
        answer.stop(answer.mistake("not-the-form", got=show.thing(value)))
    if len(two) != 2:
        answer.stop(answer.mistake("count", count=len(two)))
    return two


def _weights(answer, w, b):
    if not isinstance(w, torch.Tensor):
        return answer.mistake("not-a-tensor", name="w", got=show.thing(w))
    if w.numel() == 1 and isinstance(b, torch.Tensor) and b.numel() == FEW:
        return answer.mistake("swapped", first=show.shape(w), second=show.shape(b))
    if tuple(w.shape) == (FEW, 1):
        return None
    facts = {"n": FEW, "got": show.shape(w), "want": str((FEW, 1)), "other": OTHER}
    if tuple(w.shape) == (FEW,):
        return answer.mistake("flat", **facts)
    if tuple(w.shape) == (1, FEW):
        return answer.mistake("row", **facts)
    other = _two(answer, answer.call(OTHER))[0]
    if isinstance(other, torch.Tensor) and other.shape == w.shape:
        return answer.mistake("fixed-size", **facts)
    if w.dim() == 2 and FEW in w.shape:
        return answer.mistake("square", **facts)
    return answer.wrong("shape", name="w", **facts)


def _bias(answer, w, b):
    if isinstance(b, int | float):
        return answer.mistake("bias-number", got=b)
    if not isinstance(b, torch.Tensor):
        return answer.mistake("not-a-tensor", name="b", got=show.thing(b))
    if b.numel() == 1:
        return None
    got = show.shape(b)
    if b.numel() == FEW:
        return answer.mistake("bias-per-feature", got=got, n=FEW)
    return answer.wrong("shape", name="b", got=got, n=FEW, want="(1,)")


def _parameters(answer, w, b):
    for name, t in (("w", w), ("b", b)):
        if not t.is_floating_point():
            return answer.mistake("integers", name=name, dtype=t.dtype)
    for name, t in (("w", w), ("b", b)):
        if not t.requires_grad:
            return answer.mistake("no-flag", name=name, got=show.shape(t))
    for name, t in (("w", w), ("b", b)):
        if not t.is_leaf:
            return answer.mistake("not-leaf", name=name)
    for name, t in (("w", w), ("b", b)):
        if t.dtype == torch.float64:
            return answer.mistake("double", name=name, dtype=t.dtype)
        if t.dtype != torch.float32:
            return answer.mistake("other-dtype", name=name, dtype=t.dtype)
    return None


def _numbers(answer, w, b):
    w = w.detach().flatten()
    if w.numel() != MANY:
        return answer.mistake(
            "fixed-size", n=FEW, other=MANY, got=str((FEW, 1)), want=str((MANY, 1))
        )
    unfilled = answer.text and answer.text.find(r"empty(_like)?\(")
    if unfilled and not answer.text.find(r"normal|randn|rand\(|uniform|copy_|fill_|init\."):
        return answer.mistake("not-filled", n=MANY, got=show.numbers(w))
    mean, std, first = float(w.mean()), float(w.std()), show.number(w[0])
    if bool(w.min() == w.max()):
        normal = answer.text and answer.text.find(r"normal_?\(")
        if normal and mean != 0 and _same_again(answer, mean):
            return answer.mistake("off-centre", n=MANY, got=show.number(mean))
        name = "zeros" if mean == 0 or _same_again(answer, mean) else "one-number"
        return answer.mistake(name, n=MANY, got=first)
    if float(w.min()) >= 0 and abs(mean / float(w.max()) - 0.5) < 0.05:
        low, high = show.number(w.min()), show.number(w.max())
        return answer.mistake("uniform", n=MANY, low=low, high=high, mean=show.number(mean))
    facts = {"n": MANY, "got": show.number(std)}
    largest = float(w.abs().max())
    if len(set(w.tolist())) < MANY / 20:
        return answer.mistake("few-values", count=len(set(w.tolist())), **facts)
    if largest < 2 * std:  # of 2000 normal numbers some lie beyond three times that
        low, high = show.number(w.min()), show.number(w.max())
        return answer.mistake("uniform-around-zero", low=low, high=high, **facts)
    if abs(mean) < 3 * std and (float(w.min()) >= 0 or float(w.max()) <= 0):
        low, high = show.number(w.min()), show.number(w.max())
        return answer.mistake("one-sided", low=low, high=high, **facts)
    if abs(mean) > 0.3 * std:
        return answer.mistake("off-centre", n=MANY, got=show.number(mean))
    if abs(std - 1) < 0.1:
        first = answer.text and answer.text.find(r"normal_?\((\w+, )?(mean=)?0?\.01, (std=)?1")
        return answer.mistake("mean-and-spread" if first else "not-scaled", **facts)
    if any(abs(std / other - 1) < 0.1 for other in (1e-4, 0.1)):
        return answer.mistake("variance", **facts)
    if abs(std / 0.01 - 1) > 0.15:
        return answer.mistake("spread", **facts)
    if abs(float(b)) > 0.1:
        return answer.mistake("bias-large", got=show.number(b))
    if float(b) != 0:
        return answer.mistake("bias-drawn", got=show.number(b))
    return None


def _same_again(answer, mean):
    """Tell a constant that was written from one number that was drawn."""
    return float(_two(answer, answer.call(MANY))[0].mean()) == mean


def _again(answer, w, b):
    second = _two(answer, answer.call(FEW))
    if second[0] is w or second[1] is b:
        return answer.mistake("shared")
    if torch.equal(second[0], w):
        return answer.mistake("seeded", got=show.number(w.flatten()[0]))
    return None


def _shape_of_bias(answer, b):
    """One number in another shape serves as well: it is added to each prediction."""
    if tuple(b.shape) == (1,):
        return None
    return answer.exercise.right_answer("bias-shape", got=show.shape(b))


def _one_feature(answer):
    w, _ = _two(answer, answer.call(1))
    if tuple(w.shape) == (1, 1):
        return None
    return answer.wrong("shape", name="w", got=show.shape(w), n=1, want="(1, 1)")
