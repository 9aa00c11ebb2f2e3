"""Pitfalls of step size and scale (book: Pitfalls, Step size and scale)."""

from linreg_lib.pitfalls._base import Lookalike, Pitfall

_PAGE = "step-size-and-scale"

PITFALLS = [
    Pitfall(
        name="remainder-dropped",
        page=_PAGE,
        title="The examples that do not fill a minibatch are left out",
        claims=("B2",),
        wrong="""\
import torch

n, batch_size = 7, 3
rows = torch.arange(n)
drawn = []
for epoch in range(3):
    seen = []
    for i in range(0, n - batch_size + 1, batch_size):
        seen += rows[i : i + batch_size].tolist()
    drawn.append(len(seen))
print(drawn)
""",
        right="""\
import torch

n, batch_size = 7, 3
rows = torch.arange(n)
drawn = []
for epoch in range(3):
    seen = []
    for i in range(0, n, batch_size):
        seen += rows[i : i + batch_size].tolist()
    drawn.append(len(seen))
print(drawn)
""",
        sign="drawn == [6, 6, 6]",
        why="The range stops where no full minibatch is left, so the remainder is never drawn.",
        cure="Let the range run to `n` and keep the short last minibatch; a slice ends by itself.",
        lookalikes=(
            Lookalike(
                label="reshuffling in each epoch",
                why="leaves out another example each time, but always one.",
                old="    seen = []",
                new="    rows = torch.randperm(n)\n    seen = []",
            ),
        ),
    ),
    Pitfall(
        name="short-last-batch",
        page=_PAGE,
        title="The short last batch takes a shorter step",
        claims=("B3", "D4"),
        wrong="""\
import torch

x = torch.ones(7)
w = torch.zeros(1, requires_grad=True)
steps = []
for batch in x.split(5):
    loss = ((batch * w - 2) ** 2 / 2).sum()
    (gradient,) = torch.autograd.grad(loss, w)
    steps.append(gradient.item() / 5)
print(steps)
""",
        right="""\
import torch

x = torch.ones(7)
w = torch.zeros(1, requires_grad=True)
steps = []
for batch in x.split(5):
    loss = ((batch * w - 2) ** 2 / 2).sum()
    (gradient,) = torch.autograd.grad(loss, w)
    steps.append(gradient.item() / len(batch))
print(steps)
""",
        sign="abs(steps[1]) < abs(steps[0])",
        why="The sum over 2 examples is divided by 5: the last step of each epoch is too short.",
        cure="Divide by the number of examples that are there, `len(X)`, or use the mean.",
        lookalikes=(
            Lookalike(
                label="averaging the batch and still dividing",
                why="now every step is too short.",
                old=".sum()",
                new=".mean()",
                sign="abs(steps[0]) < 1",
            ),
        ),
    ),
    Pitfall(
        name="sum-or-mean",
        page=_PAGE,
        title="From mean to sum without touching the learning rate",
        claims=("D1", "D4", "D5", "D6"),
        wrong="""\
import torch

x = torch.linspace(-1, 1, 100)
w = torch.zeros(1, requires_grad=True)
for step in range(30):
    loss = ((x * w - 2 * x) ** 2 / 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.3 * w.grad
        w.grad.zero_()
print(w)
""",
        right="""\
import torch

x = torch.linspace(-1, 1, 100)
w = torch.zeros(1, requires_grad=True)
for step in range(30):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.3 * w.grad
        w.grad.zero_()
print(w)
""",
        sign="not abs(w.item() - 2) < 1",
        why="The gradient of the sum is n times that of the mean: the same learning rate takes "
        "steps n times as long.",
        cure="Divide the gradient (or the learning rate) by the number of examples, or average.",
        lookalikes=(
            Lookalike(
                label="starting nearer to the answer",
                why="a step that is too long for the loss's curvature diverges from anywhere.",
                old="torch.zeros(1, requires_grad=True)",
                new="torch.full((1,), 1.9, requires_grad=True)",
            ),
        ),
    ),
    Pitfall(
        name="lr-too-large",
        page=_PAGE,
        title="A learning rate beyond the border: the loss becomes nan",
        claims=("F3", "F4", "D7"),
        wrong="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
losses = []
for step in range(60):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 10 * w.grad
        w.grad.zero_()
    losses.append(loss.item())
print(losses[-1])
""",
        right="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
losses = []
for step in range(60):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
    losses.append(loss.item())
print(losses[-1])
""",
        sign="losses[-1] != losses[-1]",
        why="Beyond 2 divided by the loss's largest curvature each step overshoots farther than "
        "the last; the numbers overflow to inf, and inf - inf is nan. Nothing is divided by zero.",
        cure="Take a smaller learning rate, below 2/λmax; halve it until the loss falls.",
        lookalikes=(
            Lookalike(
                label="float64",
                why="the numbers grow just as fast and overflow later.",
                old="requires_grad=True)",
                new="requires_grad=True, dtype=torch.float64)",
                sign="losses[-1] > 1e100",
            ),
        ),
    ),
    Pitfall(
        name="lr-too-small",
        page=_PAGE,
        title="A learning rate so small that training seems stuck",
        claims=("F2",),
        wrong="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
for step in range(50):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.001 * w.grad
        w.grad.zero_()
print(loss, w)
""",
        right="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
for step in range(50):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
print(loss, w)
""",
        sign="abs(w.item() - 2) > 1",
        why="Each step closes only the fraction lr times curvature of the distance: it is not "
        "stuck, it needs thousands of steps.",
        cure="Raise the learning rate tenfold at a time until the loss falls quickly.",
    ),
    Pitfall(
        name="stale-parameters",
        page=_PAGE,
        title="A new experiment that starts where the last one ended",
        claims=("F5",),
        wrong="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
first_loss = {}
for lr in (0.1, 0.001):
    for step in range(30):
        loss = ((x * w - 2 * x) ** 2 / 2).mean()
        loss.backward()
        first_loss.setdefault(lr, loss.item())
        with torch.no_grad():
            w -= lr * w.grad
            w.grad.zero_()
print(first_loss)
""",
        right="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
first_loss = {}
for lr in (0.1, 0.001):
    w = torch.zeros(1, requires_grad=True)
    for step in range(30):
        loss = ((x * w - 2 * x) ** 2 / 2).mean()
        loss.backward()
        first_loss.setdefault(lr, loss.item())
        with torch.no_grad():
            w -= lr * w.grad
            w.grad.zero_()
print(first_loss)
""",
        sign="first_loss[0.001] < 1e-3",
        why="The parameters still hold the last run's answer: the new learning rate looks "
        "excellent because there is nothing left to learn.",
        cure="Make new parameters before each experiment.",
        lookalikes=(
            Lookalike(
                label="w.grad = None before the run",
                why="clears the gradient; the parameter itself is what went stale.",
                old="    for step",
                new="    w.grad = None\n    for step",
            ),
        ),
    ),
    Pitfall(
        name="stop-rule-below-floor",
        page=_PAGE,
        title="A stopping rule that noise never lets fire",
        claims=("H4", "A7"),
        wrong="""\
import torch

generator = torch.Generator().manual_seed(0)
x = torch.linspace(-1, 1, 20)
y = 2 * x + 5 + torch.randn(20, generator=generator)
A = torch.stack([x, torch.ones(20)], dim=1)
params = torch.zeros(2)
for step in range(2000):
    residual = A @ params - y
    loss = (residual ** 2 / 2).mean()
    if loss <= 0.1:
        break
    params = params - 0.5 * A.T @ residual / 20
print(step, loss)
""",
        right="""\
import torch

generator = torch.Generator().manual_seed(0)
x = torch.linspace(-1, 1, 20)
y = 2 * x + 5 + torch.randn(20, generator=generator)
A = torch.stack([x, torch.ones(20)], dim=1)
params = torch.zeros(2)
for step in range(2000):
    residual = A @ params - y
    loss = (residual ** 2 / 2).mean()
    if step > 0 and abs(before - loss) < 1e-6:
        break
    before = loss
    params = params - 0.5 * A.T @ residual / 20
print(step, loss)
""",
        sign="step == 1999",
        why="With noise of variance 1 no line reaches a loss of 0.1: the least-squares floor is "
        "higher, and the loop would run forever.",
        cure="Stop when the loss or the parameters hardly change, and always within a budget.",
        lookalikes=(
            Lookalike(
                label="more steps",
                why="the floor does not move.",
                old="range(2000)",
                new="range(3000)",
                sign="step == 2999",
            ),
        ),
    ),
]
