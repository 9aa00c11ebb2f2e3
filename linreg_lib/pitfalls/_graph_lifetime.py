"""Pitfalls of the graph's life (book: Pitfalls, Graph lifetime)."""

from linreg_lib.pitfalls._base import Lookalike, Pitfall

_PAGE = "graph-lifetime"

_SECOND = "Trying to backward through the graph a second time"
_MODIFIED = (
    "one of the variables needed for gradient computation has been modified by an inplace operation"
)

_START = """\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
"""

PITFALLS = [
    Pitfall(
        name="second-backward",
        page=_PAGE,
        title="A second backward through the same graph",
        claims=("G3", "G4"),
        wrong=_START
        + """\
loss = ((x * w - 2 * x) ** 2 / 2).mean()
for step in range(2):
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
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
        message=_SECOND,
        error="RuntimeError",
        why="`backward` frees the tensors that the graph had saved. A second walk through the same "
        "operations finds them gone.",
        cure="Compute the prediction and the loss anew before each `backward`.",
        lookalikes=(
            Lookalike(
                label="loss.backward(retain_graph=True)",
                why="silences the error, and every step uses the gradient of the first loss.",
                old="loss.backward()",
                new="loss.backward(retain_graph=True)",
                sign="abs(w.item() - 2 * 0.1 * 28 / 3) < 1e-5",
            ),
        ),
    ),
    Pitfall(
        name="retain-graph",
        page=_PAGE,
        title="retain_graph=True hides a loss that is never computed again",
        claims=("G4",),
        wrong=_START
        + """\
loss = ((x * w - 2 * x) ** 2 / 2).mean()
for step in range(20):
    loss.backward(retain_graph=True)
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
print(w)
""",
        right=_START
        + """\
for step in range(20):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
print(w)
""",
        sign="w.item() > 10",
        why="The graph still holds the residuals of the first forward pass: the gradient never "
        "changes, and `w` walks straight past the minimum.",
        cure="Move the forward pass into the loop and drop `retain_graph`.",
        lookalikes=(
            Lookalike(
                label="a smaller learning rate",
                why="walks past the minimum a little later.",
                old="0.1 * w.grad",
                new="0.06 * w.grad",
                sign="w.item() > 3",
            ),
        ),
    ),
    Pitfall(
        name="losses-carried-over",
        page=_PAGE,
        title="A running total that is walked back at every step",
        claims=("G4", "G6"),
        wrong=_START
        + """\
total = 0
for x_i in x:
    total = total + (x_i * w - 2 * x_i) ** 2 / 2
    total.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
print(w)
""",
        right=_START
        + """\
total = 0
for x_i in x:
    loss = (x_i * w - 2 * x_i) ** 2 / 2
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
    total = total + loss.item()
print(w)
""",
        message=_SECOND,
        error="RuntimeError",
        why="The total still refers to the graphs of the earlier batches, whose saved tensors the "
        "earlier `backward` calls freed.",
        cure="Call `backward` on this batch's loss alone; add plain numbers, "
        "`total += loss.item()`.",
        lookalikes=(
            Lookalike(
                label="total.backward(retain_graph=True)",
                why="runs, but counts the first batches again at every later step.",
                old="total.backward()",
                new="total.backward(retain_graph=True)",
                sign="abs(w.item() - 2 * (1 - 0.9 * 0.6 * 0.1)) > 0.5",
            ),
        ),
    ),
    Pitfall(
        name="non-scalar-backward",
        page=_PAGE,
        title="backward on a loss of many elements",
        claims=("D3",),
        wrong=_START
        + """\
loss = (x * w - 2 * x) ** 2 / 2
loss.backward()
print(w.grad)
""",
        right=_START
        + """\
loss = (x * w - 2 * x) ** 2 / 2
loss.sum().backward()
print(w.grad)
""",
        message="grad can be implicitly created only for scalar outputs",
        error="RuntimeError",
        why="A gradient belongs to one number; `backward` on many numbers needs to be told how to "
        "weigh them.",
        cure="Reduce first, `loss.sum().backward()` (or `.mean()`); or pass "
        "`gradient=torch.ones_like(loss)`.",
        lookalikes=(
            Lookalike(
                label="loss.backward().sum()",
                why="sums too late: `backward` has failed by then, and it returns None anyway.",
                old="loss.backward()",
                new="loss.backward().sum()",
                message="grad can be implicitly created only for scalar outputs",
            ),
            Lookalike(
                label="loss[0].backward()",
                why="no error, but only the first example counts.",
                old="loss.backward()",
                new="loss[0].backward()",
                sign="w.grad.item() == -2",
            ),
        ),
    ),
    Pitfall(
        name="cat-result-thrown-away",
        page=_PAGE,
        title="torch.cat returns the joined tensor: keep it",
        claims=("G5",),
        wrong="""\
import torch

w = torch.zeros(1, requires_grad=True)
losses = torch.zeros(0)
for x_i in torch.tensor([[1.0], [2.0], [3.0]]):
    loss = (x_i * w - 2 * x_i) ** 2 / 2
    if len(losses) == 0:
        losses = loss
    else:
        torch.cat([losses, loss])
losses.sum().backward()
print(len(losses), w.grad)
""",
        right="""\
import torch

w = torch.zeros(1, requires_grad=True)
losses = torch.zeros(0)
for x_i in torch.tensor([[1.0], [2.0], [3.0]]):
    loss = (x_i * w - 2 * x_i) ** 2 / 2
    if len(losses) == 0:
        losses = loss
    else:
        losses = torch.cat([losses, loss])
losses.sum().backward()
print(len(losses), w.grad)
""",
        sign="w.grad.item() == -2",
        why="`torch.cat` changes nothing in place; its result was thrown away, so only the first "
        "batch reached the loss.",
        cure="Bind the result, `losses = torch.cat([losses, loss])`; better, collect a list and "
        "join it once.",
        lookalikes=(
            Lookalike(
                label="a larger learning rate",
                why="the same first batch, only louder.",
                old="losses.sum().backward()",
                new="(10 * losses).sum().backward()",
                sign="w.grad.item() == -20",
            ),
        ),
    ),
    Pitfall(
        name="total-keeps-graph",
        page=_PAGE,
        title="total += loss keeps every graph alive",
        claims=("F7",),
        wrong=_START
        + """\
total = 0
for step in range(20):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
    total += loss
print(total)
""",
        right=_START
        + """\
total = 0
for step in range(20):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
    total += loss.item()
print(total)
""",
        sign="isinstance(total, torch.Tensor) and total.grad_fn is not None",
        why="The total is a tensor with a graph, and that graph refers to the graph of every step: "
        "memory grows as long as the loop runs.",
        cure="Add a plain number: `total += loss.item()`.",
        lookalikes=(
            Lookalike(
                label="`del loss` at the end of the loop",
                why="removes a name; the graph is still held by the total.",
                old="    total += loss\n",
                new="    total += loss\n    del loss\n",
            ),
        ),
    ),
    Pitfall(
        name="saved-tensor-modified",
        page=_PAGE,
        title="Changed in place between forward and backward",
        claims=("C4", "G3"),
        wrong="""\
import torch

w = torch.ones(2, requires_grad=True)
loss = (w ** 2).sum()
with torch.no_grad():
    w -= 0.1
loss.backward()
print(w.grad)
""",
        right="""\
import torch

w = torch.ones(2, requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
with torch.no_grad():
    w -= 0.1
print(w.grad)
""",
        message=_MODIFIED,
        error="RuntimeError",
        why="The graph saved a tensor that `backward` needs, and the tensor has been changed in "
        "place since: the saved value is gone.",
        cure="Call `backward` first, then change the tensor; or make a new one, `h = h + 1`.",
        lookalikes=(
            Lookalike(
                label="w.data -= 0.1",
                why="hides the change: no error, and a gradient of the wrong values.",
                old="with torch.no_grad():\n    w -= 0.1",
                new="w.data -= 0.1",
                sign="w.grad.tolist() != [2.0, 2.0]",
            ),
            Lookalike(
                label="retain_graph=True",
                why="is about freed tensors; this one is there, but changed.",
                old="loss.backward()",
                new="loss.backward(retain_graph=True)",
                message=_MODIFIED,
            ),
        ),
    ),
]
