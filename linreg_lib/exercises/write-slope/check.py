"""The loss notes where it is asked for: how far apart, in which weights, and what came of it."""

import torch

from linreg_lib.exercises import _show as show
from linreg_lib.exercises._compare import as_tensor, near

X = [[1.0, -2.0, 0.5], [3.0, 0.25, -1.0], [-0.5, 1.5, 2.0], [0.75, -1.0, 4.0], [2.0, 3.0, -3.0]]
PLACES = (
    ([[2.0], [-1.5], [0.75], [5.0], [-4.0]], [[0.5], [-1.25], [2.0]], 1),
    ([[1.0], [0.5], [-2.0], [3.0], [1.5]], [[-0.75], [0.5], [1.25]], 2),
    ([[0.25], [-3.0], [1.0], [2.0], [-0.5]], [[1.5], [0.25], [-0.5]], 0),
)
NEAR = 0.02


class Loss:
    """Half the mean squared error, and a note of each place where it was asked for."""

    def __init__(self, y):
        self.y = torch.tensor(y)
        self.places, self.tensors, self.values = [], [], []

    def __call__(self, w):
        """The loss at these weights."""
        value = ((torch.tensor(X) @ w.reshape(-1, 1) - self.y) ** 2).mean() / 2
        self.tensors.append(w)
        self.places.append(w.detach().clone().reshape(-1))
        self.values.append(float(value.detach()))
        return value

    def slope(self, w, j):
        """By hand: the mean of error times feature."""
        features = torch.tensor(X)
        error = features @ w - self.y
        return float((features[:, j : j + 1] * error).mean())


def check(answer):
    """Three losses at three places, each in another weight; the first one tells the mistake."""
    for y, w, j in PLACES:
        loss, w = Loss(y), torch.tensor(w)
        before = w.clone()
        number = as_tensor(answer.call(loss, w, j))
        if number is None or number.numel() != 1:
            return answer.wrong("type", got=show.thing(number))
        if found := _at(answer, loss, before, w, j, float(number.detach())):
            return found
    return None


def _at(answer, loss, before, w, j, got):
    expected = loss.slope(before, j)
    facts = {"j": j, "d": len(w), "got": show.number(got), "expected": show.number(expected)}
    if any(tensor.requires_grad for tensor in loss.tensors):
        return answer.mistake("autograd")
    if len(loss.places) < 2:
        return answer.mistake("not-asked", count=len(loss.places))
    step = loss.places[0] - loss.places[-1]
    moved = step.nonzero().flatten().tolist()
    if not moved and not near(w, before):
        return answer.mistake("same-tensor")
    if not near(w, before):
        after = {"before": show.number(before[j, 0]), "after": show.number(w[j, 0])}
        return answer.mistake("not-put-back", **after, **facts)
    if abs(got - expected) <= NEAR * abs(expected):
        return None
    if not moved:
        return answer.mistake("vanished", **facts)
    if len(moved) > 1:
        return answer.mistake("all-nudged", moved=len(moved), **facts)
    if moved != [j]:
        return answer.mistake("other-weight", other=moved[0], **facts)
    return _one_moved(answer, loss, float(step[j].abs()), got, expected, facts)


def _one_moved(answer, loss, step, got, expected, facts):
    """The right weight was moved: what became of the two losses?"""
    facts |= {"step": show.number(step), "half": show.number(step / 2)}
    change = abs(loss.values[0] - loss.values[-1])
    if abs(got + expected) <= NEAR * abs(expected):
        return answer.mistake("sign", **facts)
    if abs(abs(got) - change) <= NEAR * change and abs(step - 1) > NEAR:
        return answer.mistake("not-divided", **facts)
    if abs(got - 2 * expected) <= NEAR * abs(2 * expected):
        return answer.mistake("divided-by-half", **facts)
    # What is added to a float32 does not all arrive: the step is known only roughly.
    if step < 1e-4 and 0.5 < abs(got) * step / (change + 1e-30) < 2:
        return answer.mistake("too-small", **facts)
    if abs(abs(got) - change / step) <= NEAR * abs(got):
        return answer.mistake("too-large", **facts)
    return answer.wrong("value", **facts)
