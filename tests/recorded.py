"""Programs to record, and what plain PyTorch says of their tensors."""

import ast

import torch

# The programs of the book's claims (their numbers in CLAIMS stand in brackets).
PROGRAMS = {
    "in place, under no_grad [C6, E1, E3]": """
import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
l = (w ** 2).sum()
l.backward()
with torch.no_grad():
    w -= 0.1 * w.grad
w.grad.zero_()
""",
    "rebinding [E2, G4]": """
import torch
w = torch.ones(2, requires_grad=True)
for step in range(2):
    l = (w ** 2).sum()
    l.backward()
    w = w - 0.1 * w.grad
""",
    "rebinding under no_grad [E2]": """
import torch
w = torch.ones(2, requires_grad=True)
l = (w ** 2).sum()
l.backward()
with torch.no_grad():
    w = w - 0.1 * w.grad
l = (w ** 2).sum()
l.backward()
""",
    "a leaf changed in place [E3]": """
import torch
w = torch.ones(2, requires_grad=True)
w -= 0.1
print("not reached")
""",
    "backward twice [G3, G4]": """
import torch
w = torch.ones(2, requires_grad=True)
y = w * w
l = y.sum()
l.backward()
l.backward()
""",
    "no_grad [C3, G7]": """
import torch
w = torch.ones(2, requires_grad=True)
with torch.no_grad():
    y = w * 2
    flag = y.requires_grad
z = w * 2
print(flag, z.requires_grad, w.requires_grad)
""",
    ".data hides a change [C4]": """
import torch
w = torch.ones(2, requires_grad=True)
l = (w ** 2).sum()
w.data.add_(5)
l.backward()
print(w.grad)
""",
    "no_grad does not [C4]": """
import torch
w = torch.ones(2, requires_grad=True)
l = (w ** 2).sum()
with torch.no_grad():
    w.add_(5)
l.backward()
""",
    "accumulation [E5, E6]": """
import torch
w = torch.ones(2, requires_grad=True)
for k in range(3):
    l = (w * (k + 1)).sum()
    l.backward()
    print(w.grad)
w.grad = None
""",
    "zero() is not zero_() [E7]": """
import torch
w = torch.ones(2, requires_grad=True)
(w * 3).sum().backward()
w.grad.zero_()
w.grad.data.zero()
""",
    "grad before backward [C2]": """
import torch
w = torch.ones(2, requires_grad=True)
w.grad.zero_()
""",
    "losses joined [G5]": """
import torch
w = torch.ones(2, 1, requires_grad=True)
losses = []
for X in torch.arange(8.0).reshape(2, 2, 2):
    losses.append((X @ w) ** 2 / 2)
l = torch.cat(losses).mean()
l.backward()
""",
    "the loop's name rebound [C7]": """
import torch
w = torch.ones(2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]
(w * 2 + b).sum().backward()
with torch.no_grad():
    for param in params:
        param = param - 0.1 * param.grad
""",
    "functions, a list of parameters [C6, C7]": """
import torch
def linreg(X, w, b):
    return torch.matmul(X, w) + b
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
def sgd(params, lr, batch_size):
    '''Minibatch stochastic gradient descent.'''
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()
torch.manual_seed(0)
X, y = torch.randn(10, 2), torch.randn(10)
w = torch.normal(0, 0.01, (2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(2):
    l = squared_loss(linreg(X, w, b), y)
    l.sum().backward()
    sgd([w, b], 0.03, 10)
    with torch.no_grad():
        print(f"epoch {epoch}, loss {l.mean():f}")
""",
    "a running total keeps every graph [F7]": """
import torch
w = torch.ones(1, requires_grad=True)
total = 0
for k in range(5):
    l = (w * k) ** 2
    total += l
""",
    "views share memory [A3]": """
import torch
a = torch.arange(4.0)
column = a.reshape(-1, 1)
column[0] = 7
alias = a
a = a + 1
""",
    "a non-leaf's grad warns [C1]": """
import torch
w = torch.normal(0.0, 1.0, (2,), requires_grad=True) * 1.0
(w * 2).sum().backward()
print(w.grad)
""",
}


def facts(tensor):
    """What plain PyTorch says of a tensor, in the words of a recording."""
    grad = tensor.grad if tensor.is_leaf else None
    return {
        "shape": list(tensor.shape),
        "dtype": str(tensor.dtype)[6:],
        "requires_grad": tensor.requires_grad,
        "is_leaf": tensor.is_leaf,
        "grad_fn": type(tensor.grad_fn).__name__ if tensor.grad_fn else None,
        "version": tensor._version,
        "has_grad": grad is not None,
        "value": numbers(tensor),
        "grad": None if grad is None else numbers(grad),
    }


def numbers(tensor):
    flat = tensor.detach().reshape(-1).tolist()
    return [float(f"{x:.4g}") for x in flat] if len(flat) <= 12 else None


def told(state):
    """The same facts of every named tensor of a recorded state."""

    def read(text):
        return None if text is None or "…" in text else flatten(ast.literal_eval(text))

    def flatten(x):
        return [y for part in x for y in flatten(part)] if isinstance(x, list) else [float(x)]

    return {
        name: {
            **{k: t[k] for k in ("shape", "dtype", "requires_grad", "is_leaf", "grad_fn")},
            "version": t["version"],
            "has_grad": t["grad"] != "none",
            "value": read(t["value"]),
            "grad": read(t["grad_value"]),
        }
        for t in state["tensors"].values()
        for name in t["names"]
    }


def named(namespace):
    """{name: tensor} of a namespace, elements of lists included."""
    found = {}
    for name, value in namespace.items():
        if isinstance(value, torch.Tensor):
            found[name] = value
        elif isinstance(value, list):
            found |= {f"{name}[{i}]": v for i, v in enumerate(value)}
    return found


def outer_line(step):
    return step["callers"][0][1] if step["callers"] else step["line"]


def told_at(recording, line, turn=0):
    """What changed when a line ran for the turn-th time."""
    found = [recording.step(k) for k in range(len(recording))]
    return [recording.changed(s["index"]) for s in found if s["line"] == line][turn]
