"""Pitfalls of leaves and updates (book: Pitfalls, Leaves and updates)."""

from linreg_lib.pitfalls._base import Lookalike, Pitfall

_PAGE = "leaves-and-updates"

_START = """\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
"""

PITFALLS = [
    Pitfall(
        name="rebind-update",
        page=_PAGE,
        title="w = w - lr * w.grad: the parameter stops being a leaf",
        claims=("E2",),
        wrong=_START
        + """\
for step in range(2):
    loss = ((x * w - 2 * x) ** 2).sum()
    loss.backward()
    w = w - 0.01 * w.grad
print(w)
""",
        right=_START
        + """\
for step in range(2):
    loss = ((x * w - 2 * x) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
    w.grad.zero_()
print(w)
""",
        message="unsupported operand type(s) for *: 'float' and 'NoneType'",
        error="TypeError",
        why="`w = w - ...` binds the name to a new tensor, the output of a subtraction. It is no "
        "leaf, so `backward` leaves its `.grad` at None; and it keeps the old graph attached.",
        cure="Update in place under `torch.no_grad()`: `w -= lr * w.grad`, then `w.grad.zero_()`.",
        lookalikes=(
            Lookalike(
                label="loss.backward(retain_graph=True)",
                why="keeps the old graphs alive; `w` is still no leaf, and its grad still None.",
                old="loss.backward()",
                new="loss.backward(retain_graph=True)",
                message="unsupported operand type(s) for *: 'float' and 'NoneType'",
            ),
            Lookalike(
                label="`w.retain_grad()` after the rebinding",
                why="fills `.grad`, but each step's graph now hangs on all the earlier ones.",
                old="    w = w - 0.01 * w.grad\n",
                new="    w = w - 0.01 * w.grad\n    w.retain_grad()\n",
                sign="w.grad_fn.next_functions[0][0].name() == 'SubBackward0'",
            ),
        ),
    ),
    Pitfall(
        name="rebind-under-no-grad",
        page=_PAGE,
        title="w = w - lr * w.grad under no_grad: the parameter forgets that it requires grad",
        claims=("E2", "G7"),
        wrong=_START
        + """\
for step in range(2):
    loss = ((x * w - 2 * x) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w = w - 0.01 * w.grad
print(w)
""",
        right=_START
        + """\
for step in range(2):
    loss = ((x * w - 2 * x) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
        w.grad.zero_()
print(w)
""",
        message="element 0 of tensors does not require grad and does not have a grad_fn",
        error="RuntimeError",
        why="What is computed under `no_grad` does not require grad, and `w = ...` gave that "
        "result the parameter's name. The next loss depends on nothing that requires grad.",
        cure="Update in place, `w -= lr * w.grad`: the same tensor, which still requires grad.",
        lookalikes=(
            Lookalike(
                label="loss.requires_grad_()",
                why="silences the error: the loss becomes a leaf of its own, and `w` gets nothing.",
                old="    loss.backward()",
                new="    loss.requires_grad_().backward()",
                message="unsupported operand type(s) for *: 'float' and 'NoneType'",
            ),
        ),
    ),
    Pitfall(
        name="leaf-in-place",
        page=_PAGE,
        title="w -= lr * w.grad outside no_grad",
        claims=("E1", "E3"),
        wrong=_START
        + """\
loss = ((x * w - 2 * x) ** 2).sum()
loss.backward()
w -= 0.01 * w.grad
print(w)
""",
        right=_START
        + """\
loss = ((x * w - 2 * x) ** 2).sum()
loss.backward()
with torch.no_grad():
    w -= 0.01 * w.grad
print(w)
""",
        message="a leaf Variable that requires grad is being used in an in-place operation.",
        error="RuntimeError",
        why="Autograd would have to record the update itself, and then the leaf would be the "
        "output of an operation: it could not receive gradients any more.",
        cure="Do the update under `with torch.no_grad():`; there a leaf may be changed in place.",
        lookalikes=(
            Lookalike(
                label="w = w - 0.01 * w.grad",
                why="raises nothing here, but the name now holds a tensor that is no leaf.",
                old="w -= 0.01 * w.grad",
                new="w = w - 0.01 * w.grad",
                sign="not w.is_leaf",
            ),
        ),
    ),
    Pitfall(
        name="not-a-leaf",
        page=_PAGE,
        title="Scaled after requires_grad=True: the gradient goes to another tensor",
        claims=("C1",),
        wrong="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.ones(1, requires_grad=True) * 0.01
loss = ((x * w - 2 * x) ** 2).sum()
loss.backward()
with torch.no_grad():
    w -= 0.01 * w.grad
print(w)
""",
        right="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = (torch.ones(1) * 0.01).requires_grad_()
loss = ((x * w - 2 * x) ** 2).sum()
loss.backward()
with torch.no_grad():
    w -= 0.01 * w.grad
print(w)
""",
        message="unsupported operand type(s) for *: 'float' and 'NoneType'",
        error="TypeError",
        why="The leaf is the tensor before the multiplication, which has no name; `w` is the "
        "output of an operation, and `backward` fills `.grad` of leaves alone.",
        cure="Compute the starting value first, then call `requires_grad_()` on the result.",
        lookalikes=(
            Lookalike(
                label="`w.requires_grad_()` afterwards",
                why="`w` requires grad already; what it lacks is being a leaf.",
                old="loss =",
                new="w.requires_grad_()\nloss =",
                message="unsupported operand type(s) for *: 'float' and 'NoneType'",
            ),
        ),
    ),
    Pitfall(
        name="none-gradient",
        page=_PAGE,
        title="Clearing a gradient that does not exist yet",
        claims=("C2",),
        wrong=_START
        + """\
for step in range(2):
    w.grad.zero_()
    loss = ((x * w - 2 * x) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
print(w)
""",
        right=_START
        + """\
for step in range(2):
    loss = ((x * w - 2 * x) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
    w.grad.zero_()
print(w)
""",
        message="'NoneType' object has no attribute 'zero_'",
        error="AttributeError",
        why="`.grad` is None until a `backward` has reached the tensor for the first time.",
        cure="Clear after the update, or set `w.grad = None` before `backward`.",
        lookalikes=(
            Lookalike(
                label="w.grad = 0",
                why="a gradient must be a tensor of the parameter's shape, or None.",
                old="w.grad.zero_()",
                new="w.grad = 0",
                message="assigned grad expected to be a Tensor or None",
            ),
        ),
    ),
    Pitfall(
        name="data-bypass",
        page=_PAGE,
        title="An edit through .data goes unseen, and the gradient is wrong",
        claims=("C4", "E4"),
        wrong="""\
import torch

w = torch.ones(2, requires_grad=True)
loss = (w ** 2).sum()
w.data.add_(5)
loss.backward()
print(w.grad)
""",
        right="""\
import torch

w = torch.ones(2, requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
with torch.no_grad():
    w.add_(5)
print(w.grad)
""",
        sign="w.grad.tolist() == [12.0, 12.0]",
        why="`.data` hides the change from autograd's version counter: `backward` multiplies with "
        "the new values where it needs the old ones.",
        cure="Edit under `torch.no_grad()`: autograd then sees the change and refuses a wrong "
        "gradient. Here, call `backward` before the edit.",
        lookalikes=(
            Lookalike(
                label="w.detach().add_(5)",
                why="the same edit, but seen: an error instead of a wrong number.",
                old="w.data.add_(5)",
                new="w.detach().add_(5)",
                message="one of the variables needed for gradient computation has been modified",
            ),
        ),
    ),
    Pitfall(
        name="weight-decay-typo",
        page=_PAGE,
        title="Subtracting the parameter instead of its gradient",
        claims=("E9",),
        wrong="""\
import torch

x = torch.tensor([-1.0, 0.0, 1.0])
b = torch.zeros(1, requires_grad=True)
for step in range(200):
    loss = ((x + b - (x + 4)) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        b.sub_(b * 0.1)
    b.grad.zero_()
print(b)
""",
        right="""\
import torch

x = torch.tensor([-1.0, 0.0, 1.0])
b = torch.zeros(1, requires_grad=True)
for step in range(200):
    loss = ((x + b - (x + 4)) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        b.sub_(b.grad * 0.1)
    b.grad.zero_()
print(b)
""",
        sign="abs(b.item()) < 0.01",
        why="`b.sub_(b * lr)` shrinks the parameter toward 0 at every step, whatever the loss "
        "says: that is weight decay, without the gradient step.",
        cure="Subtract the gradient: `b.sub_(lr * b.grad)`.",
        lookalikes=(
            Lookalike(
                label="a smaller learning rate",
                why="shrinks it more slowly, toward the same 0.",
                old="b * 0.1",
                new="b * 0.05",
            ),
            Lookalike(
                label="starting at the right answer",
                why="a gradient step would stay there; this one walks away to 0.",
                old="b = torch.zeros(1, requires_grad=True)",
                new="b = torch.full((1,), 4.0, requires_grad=True)",
            ),
        ),
    ),
    Pitfall(
        name="no-grad-forward",
        page=_PAGE,
        title="The forward pass under no_grad",
        claims=("G7", "C3"),
        wrong=_START
        + """\
with torch.no_grad():
    loss = ((x * w - 2 * x) ** 2).sum()
loss.backward()
print(w.grad)
""",
        right=_START
        + """\
loss = ((x * w - 2 * x) ** 2).sum()
loss.backward()
with torch.no_grad():
    w -= 0.01 * w.grad
print(w.grad)
""",
        message="element 0 of tensors does not require grad and does not have a grad_fn",
        error="RuntimeError",
        why="Nothing is recorded under `no_grad`, so the loss has no graph to walk back through.",
        cure="Keep the forward pass outside; only the update and the evaluation belong inside.",
        lookalikes=(
            Lookalike(
                label="loss.requires_grad_()",
                why="the error is gone, and so is any connection to `w`: its grad stays None.",
                old="loss.backward()",
                new="loss.requires_grad_().backward()",
                sign="w.grad is None",
            ),
        ),
    ),
    Pitfall(
        name="gradient-in-the-middle",
        page=_PAGE,
        title="The gradient of a prediction is None",
        claims=("G1", "C2"),
        wrong=_START
        + """\
y_hat = x * w
loss = ((y_hat - 2 * x) ** 2).sum()
loss.backward()
gradient = y_hat.grad
print(w.grad, gradient)
""",
        right=_START
        + """\
y_hat = x * w
y_hat.retain_grad()
loss = ((y_hat - 2 * x) ** 2).sum()
loss.backward()
gradient = y_hat.grad
print(w.grad, gradient)
""",
        sign="gradient is None",
        why="The graph's nodes are operations. Gradients pass through them on the way to the "
        "leaves, and only at a leaf is one kept.",
        cure="Ask for it before `backward`: `y_hat.retain_grad()`.",
        lookalikes=(
            Lookalike(
                label="y_hat.requires_grad_()",
                why="it requires grad already; what it lacks is being a leaf.",
                old="loss =",
                new="y_hat.requires_grad_()\nloss =",
            ),
        ),
    ),
    Pitfall(
        name="requires-grad-missing",
        page=_PAGE,
        title="Nobody asked for gradients",
        claims=("C1", "C3", "E8"),
        wrong="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1)
loss = ((x * w - 2 * x) ** 2).sum()
loss.backward()
print(w.grad)
""",
        right="""\
import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
loss = ((x * w - 2 * x) ** 2).sum()
loss.backward()
print(w.grad)
""",
        message="element 0 of tensors does not require grad and does not have a grad_fn",
        error="RuntimeError",
        why="Nothing that the loss was computed from requires grad, so autograd recorded nothing.",
        cure="Make the parameters with `requires_grad=True`, before the forward pass.",
        lookalikes=(
            Lookalike(
                label="w.requires_grad_() just before backward",
                why="too late: the forward pass has gone by unrecorded.",
                old="loss.backward()",
                new="w.requires_grad_()\nloss.backward()",
                message="element 0 of tensors does not require grad and does not have a grad_fn",
            ),
            Lookalike(
                label="loss.requires_grad_()",
                why="makes the loss itself a leaf; `w` still gets nothing.",
                old="loss.backward()",
                new="loss.requires_grad_().backward()",
                sign="w.grad is None",
            ),
        ),
    ),
    Pitfall(
        name="rebuilt-from-numbers",
        page=_PAGE,
        title="A loss made of plain numbers has no graph",
        claims=("C3", "C4"),
        wrong=_START
        + """\
y_hat = torch.tensor([(x_i * w).item() for x_i in x])
loss = ((y_hat - 2 * x) ** 2).sum()
loss.backward()
print(w.grad)
""",
        right=_START
        + """\
y_hat = torch.cat([x_i * w for x_i in x])
loss = ((y_hat - 2 * x) ** 2).sum()
loss.backward()
print(w.grad)
""",
        message="element 0 of tensors does not require grad and does not have a grad_fn",
        error="RuntimeError",
        why="`.item()` and `torch.tensor(...)` copy numbers; the operations that made them are "
        "left behind.",
        cure="Join tensors with `torch.stack` or `torch.cat`; take numbers out for printing alone.",
        lookalikes=(
            Lookalike(
                label="torch.tensor(..., requires_grad=True)",
                why="makes a new leaf of the numbers: `backward` runs, and `w` gets nothing.",
                old="for x_i in x])",
                new="for x_i in x], requires_grad=True)",
                sign="w.grad is None",
            ),
        ),
    ),
]
