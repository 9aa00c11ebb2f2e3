"""Pitfalls of names and memory (book: Pitfalls, Names and memory)."""

from linreg_lib.pitfalls._base import Lookalike, Pitfall

_PAGE = "names-and-memory"

PITFALLS = [
    Pitfall(
        name="rebind-loop-variable",
        page=_PAGE,
        title="The update that updates nothing: the loop variable is rebound",
        claims=("C7",),
        wrong="""\
import torch

X = torch.tensor([[1.0], [2.0], [3.0]])
y = 2 * X
w = torch.zeros(1, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
loss = ((X @ w + b - y) ** 2 / 2).sum()
loss.backward()
with torch.no_grad():
    for param in [w, b]:
        param = param - 0.1 * param.grad / 3
print(w, b)
""",
        right="""\
import torch

X = torch.tensor([[1.0], [2.0], [3.0]])
y = 2 * X
w = torch.zeros(1, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
loss = ((X @ w + b - y) ** 2 / 2).sum()
loss.backward()
with torch.no_grad():
    for param in [w, b]:
        param -= 0.1 * param.grad / 3
print(w, b)
""",
        sign="w.item() == 0",
        why="`param = param - ...` binds the loop variable to a new tensor; the parameters that "
        "the list holds stay as they were, and training silently does nothing.",
        cure="Change the tensor in place: `param -= lr * param.grad` under `torch.no_grad()`.",
        lookalikes=(
            Lookalike(
                label="a larger learning rate",
                why="however long the step, it is taken by a tensor that nobody keeps.",
                old="0.1 *",
                new="100.0 *",
            ),
        ),
    ),
    Pitfall(
        name="alias-not-copy",
        page=_PAGE,
        title="A second name is not a copy",
        claims=("C5",),
        wrong="""\
import torch

w = torch.tensor([1.0, 2.0])
best = w
w -= 0.5
moved = (w - best).abs().sum()
print(moved)
""",
        right="""\
import torch

w = torch.tensor([1.0, 2.0])
best = w.clone()
w -= 0.5
moved = (w - best).abs().sum()
print(moved)
""",
        sign="moved.item() == 0",
        why="`best = w` gives the same tensor a second name; an in-place update shows under both.",
        cure="Keep a copy: `best = w.detach().clone()`.",
        lookalikes=(
            Lookalike(
                label="best = w.detach()",
                why="a new tensor object, but on the same memory.",
                old="best = w",
                new="best = w.detach()",
            ),
            Lookalike(
                label="best = w[:]",
                why="a slice of a tensor is a view; only for Python lists is it a copy.",
                old="best = w",
                new="best = w[:]",
            ),
        ),
    ),
    Pitfall(
        name="caller-changed",
        page=_PAGE,
        title="A function that changes its caller's tensor",
        claims=("C5", "C6"),
        wrong="""\
import torch

def centered(data):
    data -= data.mean()
    return data

x = torch.tensor([1.0, 2.0, 6.0])
z = centered(x)
print(x.mean())
""",
        right="""\
import torch

def centered(data):
    data = data - data.mean()
    return data

x = torch.tensor([1.0, 2.0, 6.0])
z = centered(x)
print(x.mean())
""",
        sign="x.mean().item() == 0",
        why="The function receives the caller's own tensor, and `-=` changes that tensor in place.",
        cure="Make a new tensor, `data = data - ...`, or say in the name that it works in place.",
        lookalikes=(
            Lookalike(
                label="a new name first, `out = data`",
                why="a name is no copy; `out` is still the caller's tensor.",
                old="    data -= data.mean()\n    return data",
                new="    out = data\n    out -= out.mean()\n    return out",
            ),
        ),
    ),
    Pitfall(
        name="snapshots-share-memory",
        page=_PAGE,
        title="A history of parameters that shows the last value everywhere",
        claims=("C6",),
        wrong="""\
import torch

w = torch.zeros(2, requires_grad=True)
history = []
for _ in range(3):
    loss = ((w - 1) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
    history.append(w.detach())
print(history)
""",
        right="""\
import torch

w = torch.zeros(2, requires_grad=True)
history = []
for _ in range(3):
    loss = ((w - 1) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
    history.append(w.detach().clone())
print(history)
""",
        sign="torch.equal(history[0], history[2])",
        why="`detach()` leaves the graph, not the memory: every entry of the list shows the one "
        "storage that the updates keep changing.",
        cure="Copy the values: `history.append(w.detach().clone())`.",
        lookalikes=(
            Lookalike(
                label="w.detach().numpy()",
                why="the array shares the tensor's memory too.",
                old="w.detach()",
                new="torch.from_numpy(w.detach().numpy())",
            ),
        ),
    ),
    Pitfall(
        name="generator-exhausted",
        page=_PAGE,
        title="From the second epoch on there are no minibatches",
        claims=("B1",),
        wrong="""\
import torch

def data_iter(batch_size, X):
    for rows in torch.randperm(len(X)).split(batch_size):
        yield X[rows]

X = torch.arange(6.0)
seen = []
batches = data_iter(2, X)
for epoch in range(3):
    seen.append(sum(len(batch) for batch in batches))
print(seen)
""",
        right="""\
import torch

def data_iter(batch_size, X):
    for rows in torch.randperm(len(X)).split(batch_size):
        yield X[rows]

X = torch.arange(6.0)
seen = []
for epoch in range(3):
    batches = data_iter(2, X)
    seen.append(sum(len(batch) for batch in batches))
print(seen)
""",
        sign="seen == [6, 0, 0]",
        why="`batches` is the name of one generator, and a generator runs once: after the first "
        "epoch it is exhausted, and a loop over it does nothing.",
        cure="Call `data_iter` anew in each epoch, `for X, y in data_iter(...)`.",
        lookalikes=(
            Lookalike(
                label="iter(batches)",
                why="a generator's iterator is the generator itself, as exhausted as before.",
                old="for batch in batches",
                new="for batch in iter(batches)",
            ),
        ),
    ),
]
