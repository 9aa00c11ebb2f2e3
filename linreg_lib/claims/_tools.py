"""What the experiments share: the data, a training run, the error that a call must raise."""

import contextlib
import io
from collections.abc import Callable
from functools import cache

import torch
from torch import Tensor

from linreg_lib import linreg, squared_loss, synthetic_data, train
from linreg_lib.pitfalls import Outcome
from linreg_lib.pitfalls import run_program as _run_program

TRUE_W, TRUE_B = torch.tensor([2.0, -3.4]), 4.2
EXPERIMENTS: dict[str, Callable[[], dict]] = {}


def experiment(function: Callable[[], dict]) -> Callable[[], dict]:
    """Register a function under the claim that its name begins with: `a1_plot` is for A1."""
    EXPERIMENTS[function.__name__.split("_")[0].upper()] = function
    return function


def seeded(seed: int) -> torch.Generator:
    """Make a generator of random numbers."""
    return torch.Generator().manual_seed(seed)


@cache
def data(seed: int = 0, n: int = 1000) -> tuple[Tensor, Tensor]:
    """Draw the running example: features (n, 2), labels (n, 1)."""
    return synthetic_data(TRUE_W, TRUE_B, n, generator=seeded(seed))


def trained(seed: int = 0, n: int = 1000, **kwargs):
    """Train on these data, with the book's learning rate and batch size unless told otherwise."""
    return train(*data(seed, n), generator=seeded(seed + 100), **kwargs)


def true_loss(w: Tensor, b: Tensor, seed: int = 0) -> float:
    """Return the mean squared loss on all data, computed rightly."""
    X, y = data(seed)
    with torch.no_grad():
        return squared_loss(linreg(X, w, b), y).mean().item()


def run_program(source: str) -> Outcome:
    """Run a pitfall's program without what it prints."""
    with contextlib.redirect_stdout(io.StringIO()):
        return _run_program(source)


def message(function: Callable) -> str:
    """Return the error that a call must raise, as `Type: first sentence`."""
    try:
        function()
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0].split('. ')[0]}"
    raise AssertionError("there was no error")
