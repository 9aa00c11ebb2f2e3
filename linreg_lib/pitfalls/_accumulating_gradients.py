"""Pitfalls of gradients that add up (book: Pitfalls, Accumulating gradients)."""

from linreg_lib.pitfalls._base import Lookalike, Pitfall

_PAGE = "accumulating-gradients"

_START = """\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
"""

PITFALLS = [
    Pitfall(
        name="forgotten-zero",
        page=_PAGE,
        title="Gradients that are never cleared",
        claims=("E5",),
        wrong=_START
        + """\
for step in range(19):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
print(w)
""",
        right=_START
        + """\
for step in range(19):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
print(w)
""",
        sign="abs(w.item() - 2) > 0.5",
        why="`backward` adds to `.grad`; without clearing, each step follows the sum of all the "
        "gradients so far and overshoots.",
        cure="Clear after each update: `w.grad.zero_()`.",
        lookalikes=(
            Lookalike(
                label="a smaller learning rate",
                why="slows the swinging down; the sum still grows and never settles.",
                old="0.1 * w.grad",
                new="0.05 * w.grad",
            ),
        ),
    ),
    Pitfall(
        name="zero-without-underscore",
        page=_PAGE,
        title="zero is not zero_",
        claims=("E7",),
        wrong=_START
        + """\
for step in range(2):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero()
print(w)
""",
        right=_START
        + """\
for step in range(2):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
print(w)
""",
        message="'Tensor' object has no attribute 'zero'",
        error="AttributeError",
        why="A trailing underscore marks the operations that change a tensor in place; clearing "
        "exists in that form alone.",
        cure="Write `w.grad.zero_()`.",
        lookalikes=(
            Lookalike(
                label="torch.zeros_like(w.grad)",
                why="makes a new tensor of zeros and leaves the gradient as it was.",
                old="w.grad.zero()",
                new="torch.zeros_like(w.grad)",
                sign="w.grad.item() != 0",
            ),
        ),
    ),
    Pitfall(
        name="zero-before-step",
        page=_PAGE,
        title="Clearing between backward and the update",
        claims=("E5",),
        wrong=_START
        + """\
for step in range(20):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    w.grad.zero_()
    with torch.no_grad():
        w -= 0.1 * w.grad
print(w)
""",
        right=_START
        + """\
for step in range(19):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
print(w)
""",
        sign="w.item() == 0",
        why="The gradient is cleared before anyone has used it: every step has length zero.",
        cure="The order is backward, update, clear (or clear, backward, update).",
        lookalikes=(
            Lookalike(
                label="a larger learning rate",
                why="a thousand times zero is zero.",
                old="0.1 * w.grad",
                new="100.0 * w.grad",
            ),
        ),
    ),
    Pitfall(
        name="zero-one-of-two",
        page=_PAGE,
        title="One parameter's gradient is cleared, the other's forgotten",
        claims=("E5",),
        wrong="""\
import torch

x = torch.tensor([-1.0, 0.0, 1.0])
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for step in range(42):
    loss = ((x * w + b - (2 * x + 4)) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        for param in (w, b):
            param -= 0.2 * param.grad
    w.grad.zero_()
print(w, b)
""",
        right="""\
import torch

x = torch.tensor([-1.0, 0.0, 1.0])
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for step in range(42):
    loss = ((x * w + b - (2 * x + 4)) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        for param in (w, b):
            param -= 0.2 * param.grad
            param.grad.zero_()
print(w, b)
""",
        sign="abs(b.item() - 4) > 1",
        why="`w.grad` is cleared and `b.grad` goes on adding up: the bias swings and "
        "never settles.",
        cure="Clear in the loop that updates, so that no parameter is left out.",
    ),
]
