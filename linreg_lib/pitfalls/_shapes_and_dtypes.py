"""Pitfalls of shapes and dtypes (book: Pitfalls, Shapes and dtypes)."""

from linreg_lib.pitfalls._base import Lookalike, Pitfall

_PAGE = "shapes-and-dtypes"

PITFALLS = [
    Pitfall(
        name="broadcast-n-n",
        page=_PAGE,
        title="(n, 1) minus (n,) is (n, n)",
        claims=("D2", "A3"),
        wrong="""\
import torch

X = torch.tensor([[1.0], [2.0], [3.0]])
y = torch.tensor([2.0, 4.0, 6.0])
w = torch.zeros(1, 1, requires_grad=True)
for step in range(100):
    loss = (X @ w - y) ** 2 / 2
    loss.mean().backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
print(loss.shape, w)
""",
        right="""\
import torch

X = torch.tensor([[1.0], [2.0], [3.0]])
y = torch.tensor([2.0, 4.0, 6.0])
w = torch.zeros(1, 1, requires_grad=True)
for step in range(100):
    loss = (X @ w - y.reshape(-1, 1)) ** 2 / 2
    loss.mean().backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
print(loss.shape, w)
""",
        sign="loss.shape == (3, 3) and abs(w.item() - 2) > 0.2",
        why="Predictions of shape (n, 1) minus labels of shape (n,) broadcast to (n, n): every "
        "prediction is compared with every label, without a word.",
        cure="Give both one shape: `y.reshape(y_hat.shape)`.",
        lookalikes=(
            Lookalike(
                label="more steps",
                why="settles more firmly on the wrong answer.",
                old="range(100)",
                new="range(300)",
            ),
        ),
    ),
    Pitfall(
        name="integer-parameters",
        page=_PAGE,
        title="Parameters made from integers",
        claims=("A5",),
        wrong="""\
import torch

w = torch.tensor([2, -3], requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
print(w.grad)
""",
        right="""\
import torch

w = torch.tensor([2.0, -3.0], requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
print(w.grad)
""",
        message="Only Tensors of floating point and complex dtype can require gradients",
        error="RuntimeError",
        why="`torch.tensor([2, -3])` holds integers, and an integer cannot move by a small step: "
        "it has no gradient.",
        cure="Write the numbers with a point, `[2.0, -3.0]`, or `dtype=torch.float32`.",
        lookalikes=(
            Lookalike(
                label="`.float()` after `requires_grad=True`",
                why="the integer tensor is refused before `float()` is reached.",
                old="requires_grad=True)",
                new="requires_grad=True).float()",
                message="Only Tensors of floating point and complex dtype can require gradients",
            ),
        ),
    ),
    Pitfall(
        name="dtype-mismatch",
        page=_PAGE,
        title="float32 times float64",
        claims=("A5",),
        wrong="""\
import torch

X = torch.ones(3, 2)
w = torch.tensor([[2], [-3]])
y_hat = X @ w
print(y_hat)
""",
        right="""\
import torch

X = torch.ones(3, 2)
w = torch.tensor([[2.0], [-3.0]])
y_hat = X @ w
print(y_hat)
""",
        message="expected m1 and m2 to have the same dtype",
        error="RuntimeError",
        why="A matrix product needs both factors of one dtype; integers and NumPy's float64 are "
        "not converted for you.",
        cure="Convert the data once, where they enter: `X = X.float()` (or `.to(w.dtype)`).",
        lookalikes=(
            Lookalike(
                label="w.double()",
                why="float64 is not float32 either.",
                old="X @ w",
                new="X @ w.double()",
                message="expected m1 and m2 to have the same dtype",
            ),
        ),
    ),
    Pitfall(
        name="shape-mismatch",
        page=_PAGE,
        title="Shapes that cannot be multiplied",
        claims=("A2", "A3"),
        wrong="""\
import torch

X = torch.ones(5, 2)
w = torch.ones(1, 2)
y_hat = X @ w
print(y_hat.shape)
""",
        right="""\
import torch

X = torch.ones(5, 2)
w = torch.ones(2, 1)
y_hat = X @ w
print(y_hat.shape)
""",
        message="mat1 and mat2 shapes cannot be multiplied",
        error="RuntimeError",
        why="In (n, d) @ (d, 1) the two inner numbers must be equal: one weight for each feature.",
        cure="Make `w` of shape (d, 1), d = `X.shape[1]`.",
        lookalikes=(
            Lookalike(
                label="X * w",
                why="broadcasts without an error, and gives products instead of predictions.",
                old="X @ w",
                new="X * w",
                sign="y_hat.shape == (5, 2)",
            ),
        ),
    ),
    Pitfall(
        name="numpy-requires-grad",
        page=_PAGE,
        title="numpy() on a tensor that requires grad",
        claims=("A1", "H3"),
        wrong="""\
import torch

x = torch.linspace(0, 1, 3)
w = torch.tensor(2.0, requires_grad=True)
y_hat = x * w
line = y_hat.numpy()
print(line)
""",
        right="""\
import torch

x = torch.linspace(0, 1, 3)
w = torch.tensor(2.0, requires_grad=True)
y_hat = x * w
line = y_hat.detach().numpy()
print(line)
""",
        message="Can't call numpy() on Tensor that requires grad",
        error="RuntimeError",
        why="A NumPy array knows no graph: whatever is computed with it would be lost to autograd, "
        "so PyTorch asks you to say so.",
        cure="Write `y_hat.detach().numpy()`, or compute the line under `torch.no_grad()`.",
        lookalikes=(
            Lookalike(
                label="y_hat.cpu().numpy()",
                why="moves between devices, and stays in the graph.",
                old="y_hat.numpy()",
                new="y_hat.cpu().numpy()",
                message="Can't call numpy() on Tensor that requires grad",
            ),
        ),
    ),
    Pitfall(
        name="item-many",
        page=_PAGE,
        title="item() of many elements",
        claims=("C4",),
        wrong="""\
import torch

y_hat = torch.tensor([1.0, 2.0, 3.0])
loss = (y_hat - 2) ** 2 / 2
print(loss.item())
""",
        right="""\
import torch

y_hat = torch.tensor([1.0, 2.0, 3.0])
loss = (y_hat - 2) ** 2 / 2
print(loss.mean().item())
""",
        message="a Tensor with 3 elements cannot be converted to Scalar",
        error="RuntimeError",
        why="`item()` gives one Python number, and this tensor holds several.",
        cure="Reduce first, `loss.mean().item()`; or take all of them, `loss.tolist()`.",
        lookalikes=(
            Lookalike(
                label="float(loss)",
                why="the same question in other words.",
                old="loss.item()",
                new="float(loss)",
                message="only one element tensors can be converted to Python scalars",
            ),
        ),
    ),
    Pitfall(
        name="capital-tensor",
        page=_PAGE,
        title="torch.Tensor(3) is not the number 3",
        claims=("A4",),
        wrong="""\
import torch

bias = torch.Tensor(3)
print(bias.shape)
""",
        right="""\
import torch

bias = torch.tensor(3.0)
print(bias.shape)
""",
        sign="bias.shape == (3,)",
        why="`torch.Tensor(3)` makes an uninitialized vector of length 3; its content is whatever "
        "lay in memory.",
        cure="Write `torch.tensor(3.0)`, with a small t, for values.",
    ),
    Pitfall(
        name="device-mismatch",
        page=_PAGE,
        title="Two tensors on two devices",
        claims=("A5",),
        # The meta device (shapes without values) shows the error on a machine with no GPU.
        wrong="""\
import torch

X = torch.ones(3, 2, device="meta")
y = torch.ones(3, 2)
print(X + y)
""",
        right="""\
import torch

X = torch.ones(3, 2, device="meta")
y = torch.ones(3, 2, device="meta")
print(X + y)
""",
        message="Tensor on device cpu is not on the expected device meta!",
        error="RuntimeError",
        why="An operation needs all its tensors on one device; PyTorch moves nothing on its own.",
        cure="Move the data where the parameters are: `X = X.to(w.device)`.",
        lookalikes=(
            Lookalike(
                label='`y.to("meta")` without keeping the result',
                why="`to` returns a new tensor; `y` itself has not moved.",
                old="print(X + y)",
                new='y.to("meta")\nprint(X + y)',
                message="Tensor on device cpu is not on the expected device meta!",
            ),
        ),
    ),
]
