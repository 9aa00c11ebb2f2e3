"""A program whose backward is filmed does what it does without: values, memory, messages, hooks."""

import contextlib
import io
import threading
import warnings

import pytest
import torch

from linreg_lib.autograd import trace

START = """\
import gc, sys, torch, weakref
w = torch.tensor([1.0, 2.0], requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
"""

# Each prints what it can see of the engine's work.
PROGRAMS = {
    "a gradient is stored, not cloned, and later added in place": """
seen = []
w.register_hook(lambda g: seen.append(g.data_ptr()))
for i in range(2):
    (w * b).sum().backward()
    print(seen[i] == w.grad.data_ptr(), w.grad._version, w._version)
""",
    "a gradient that the program keeps is cloned": """
kept = []
w.register_hook(lambda g: kept.append(g))
(w * b).sum().backward()
print(kept[0].data_ptr() == w.grad.data_ptr())
""",
    "a gradient given is not the leaf's": """
g = torch.ones(2)
w.backward(g)
print(w.grad.data_ptr() == g.data_ptr(), g._version, sys.getrefcount(g))
""",
    "hooks of the program, in their order, and one that edits": """
seen = []
y = w * b
y.register_hook(lambda g: seen.append("tensor") or g * 2)
y.grad_fn.register_prehook(lambda g: seen.append("pre") or (g[0] + 1,))
y.grad_fn.register_hook(lambda out, g: seen.append("post") or tuple(o * 3 for o in out))
w.register_post_accumulate_grad_hook(lambda p: seen.append("accumulated"))
y.retain_grad()
y.sum().backward()
print(seen, w.grad, b.grad, y.grad)
""",
    "no hook stays on": """
y = w * b
node = y.grad_fn
y.sum().backward(retain_graph=True)
print(w._backward_hooks, y._backward_hooks, w._post_accumulate_grad_hooks)
print(gc.is_tracked(node), len(gc.get_referrers(node)) > 20)
""",
    "the graph is freed": """
y = w * b
z = y.exp()
was = weakref.ref(y)
del y
z.sum().backward()
z = None
print(was())
""",
    "a second backward": """
l = (w * w).sum()
l.backward()
l.backward()
""",
    "modified in place": """
y = w.exp()
y += 1
y.sum().backward()
""",
    "not a scalar": "(w * b).backward()",
    "no graph": "torch.ones(1).backward()",
    "an error of the program's own": """
class Fails(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 1
    @staticmethod
    def backward(ctx, g):
        raise ValueError(f"own: {g.tolist()}")
try:
    Fails.apply(w * 2).sum().backward()
except ValueError as error:
    print(error)
print(w.grad)
(w * 2).sum().backward()
print(w.grad)
""",
    "create_graph warns": """
l = (w ** 3).sum()
l.backward(create_graph=True)
print(w.grad, w.grad.requires_grad)
g = w.grad
w.grad = None
g.sum().backward()
print(w.grad)
""",
    "grad, inputs and unused": """
l = (w * b).sum()
print(torch.autograd.grad(l, [w, b], retain_graph=True))
l.backward(inputs=[b])
print(w.grad, b.grad)
torch.autograd.grad(w.sum(), b)
""",
    "views and copies in place": """
y = w * 2
v = y.view(2, 1)
v.mul_(3)
(y * v.reshape(2)).sum().backward()
print(w.grad, y._version, v._version)
""",
    "saved tensors packed by the program": """
seen = []
pack = torch.autograd.graph.saved_tensors_hooks(
    lambda x: seen.append("pack") or x, lambda x: seen.append("unpack") or x
)
with pack:
    l = (w * b).exp().sum()
l.backward()
print(seen, w.grad)
""",
    "checkpoints, reentrant and not": """
from torch.utils.checkpoint import checkpoint
for reentrant in (True, False):
    y = checkpoint(lambda x: (x * b).exp(), w, use_reentrant=reentrant)
    y.sum().backward()
    print(w.grad, b.grad)
""",
    "batched, and functions of functions": """
y = w * b
print(torch.autograd.grad(y, w, torch.eye(2), is_grads_batched=True, retain_graph=True))
print(torch.autograd.functional.jacobian(lambda x: x ** 2, torch.ones(2)))
print(torch.func.grad(lambda x: (x ** 2).sum())(torch.ones(2)))
""",
    "anomaly": """
with torch.autograd.detect_anomaly(check_nan=True):
    (w * float("nan")).sum().backward()
""",
    "sparse and complex": """
torch.manual_seed(0)
e = torch.nn.Embedding(5, 2, sparse=True)
e(torch.tensor([1, 3])).sum().backward()
print(e.weight.grad.is_sparse, e.weight.grad.to_dense())
c = torch.ones(2, dtype=torch.complex64, requires_grad=True)
(c * c).abs().sum().backward()
print(c.grad)
""",
    "another thread": """
import threading
def work():
    (w * b).sum().backward()
t = threading.Thread(target=work)
t.start()
t.join()
print(w.grad)
""",
    "a module and an optimizer": """
torch.manual_seed(0)
net = torch.nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
for _ in range(3):
    opt.zero_grad()
    torch.nn.functional.mse_loss(net(torch.ones(3, 2)), torch.ones(3, 1)).backward()
    opt.step()
print(net.weight, net.bias, net.weight._version)
""",
    "the engine's function is its own again": """
print(torch.autograd.backward.__module__, torch.Tensor.backward.__qualname__)
""",
}


def executed(code):
    out, error = io.StringIO(), None
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(out):
        warnings.simplefilter("always")
        try:
            exec(compile(code, "<plain>", "exec"), {"__name__": "__main__"})
        except Exception as raised:
            error = type(raised).__name__, str(raised)
    return out.getvalue(), error, [(w.category.__name__, told(w.message)) for w in caught]


def recorded(code):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        recording = trace(code)
    error = recording.error and (recording.error["type"], recording.error["message"])
    seen = [w for k in range(len(recording)) for w in recording.step(k)["warnings"]]
    return recording.printed, error, [(w["category"], told(w["message"])) for w in seen]


def told(message):
    return str(message).split("Traceback of forward call")[0]


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_with_and_without_a_recording(code):
    before = torch.autograd._engine_run_backward
    executed(START + code)  # some warnings come once in a process
    assert recorded(START + code) == executed(START + code)
    assert torch.autograd._engine_run_backward is before


def test_recordings_that_overlap_leave_the_engine_as_it_was():
    before = torch.autograd._engine_run_backward
    started, go_on, found = threading.Event(), threading.Event(), []

    def first():
        names = {"started": started, "go_on": go_on}
        code = START + "started.set()\ngo_on.wait(30)\n(w * b).sum().backward()"
        found.append(trace(code, names))

    thread = threading.Thread(target=first)
    thread.start()
    assert started.wait(30)
    inner = "from linreg_lib.autograd import trace\ninside = trace(code)\n"
    second = trace(
        START + inner + "go_on.set()\nthread.join(30)\n(w * 2).sum().backward()",
        {"go_on": go_on, "thread": thread, "code": START + "(w * 3).sum().backward()"},
    )
    for recording in (second, found[0]):
        assert recording.error is None
        assert recording.changed(-1)[0].startswith("w.grad: None → ")
        assert len(recording.step(-1)["films"]) == 1
    assert torch.autograd._engine_run_backward is before
