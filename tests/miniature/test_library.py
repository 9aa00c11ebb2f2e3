"""What the book's own package asks of PyTorch runs on the miniature."""

import os
import subprocess
import sys

from building import ROOT

PATH = os.pathsep.join(map(str, [ROOT / "inpage", ROOT]))


def on_the_miniature(source: str) -> str:
    """What a program prints when `import torch` finds the miniature."""
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={**os.environ, "PYTHONPATH": PATH},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_training_from_scratch():
    printed = on_the_miniature("""
import torch
from linreg_lib.data import synthetic_data
from linreg_lib.iterators import data_iter
from linreg_lib.loss import squared_loss
from linreg_lib.model import linreg
from linreg_lib.sgd import sgd

true_w, true_b = torch.tensor([2.0, -3.4]), 4.2
generator = torch.Generator().manual_seed(0)
features, labels = synthetic_data(true_w, true_b, 1000, generator=generator)
w = torch.normal(0, 0.01, size=(2, 1), generator=generator, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    for X, y in data_iter(10, features, labels, generator=generator):
        squared_loss(linreg(X, w, b), y).sum().backward()
        sgd([w, b], 0.03, 10)
assert torch.__version__ == "2.13.0+miniature"
print((w.detach().reshape(-1) - true_w).abs().max() < 0.01, (b - true_b).abs() < 0.01)
""")
    assert printed == "tensor(True) tensor([True])\n"


def test_the_training_loop():
    printed = on_the_miniature("""
import torch
from linreg_lib.data import synthetic_data
from linreg_lib.training import train

generator = torch.Generator().manual_seed(0)
features, labels = synthetic_data(torch.tensor([2.0, -3.4]), 4.2, 200, generator=generator)
run = train(features, labels, num_epochs=5, generator=generator)
print(bool(run.epoch_losses[-1] < 0.05), len(run.step_losses), run.w.shape)
""")
    assert printed == "True 100 torch.Size([2, 1])\n"


STEP = """
import torch
from linreg_lib.checks import check_training_step

w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)

def step(X, y):
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in (w, b):
            p -= 0.03 * p.grad
            {clear}

X = torch.tensor([[1.0, 2.0], [3.0, 1.0], [0.5, -1.0], [2.0, 2.0]])
findings = check_training_step(step, [w, b], X, X @ torch.tensor([[2.0], [-3.4]]) + 4.2)
print(len(list(findings)))
"""


def test_a_training_step_is_checked():
    assert on_the_miniature(STEP.format(clear="p.grad.zero_()")) == "0\n"
    assert on_the_miniature(STEP.format(clear="pass")) == "1\n"


def test_an_error_gets_its_hint():
    printed = on_the_miniature("""
import torch
from linreg_lib.hints import explain

w = torch.ones(2, requires_grad=True)
try:
    w -= 0.1
except RuntimeError as error:
    print(explain(error))
""")
    assert "no_grad" in printed
