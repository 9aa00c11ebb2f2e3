"""The corpus of training steps (tests/hints_corpus): programs that each leave a `step`."""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from linreg_lib import synthetic_data

CORPUS = Path(__file__).parent / "hints_corpus"


@dataclass(frozen=True)
class Program:
    """A step in its program.

    Attributes:
        name: where it stands.
        expected: the pitfall's name; "general" for a mistake without one; None for a right step.
        source: its text.
        notes: the pitfalls' names of the notes that it may get.
    """

    name: str
    expected: str | None
    source: str
    notes: tuple[str, ...] = ()

    def names(self) -> dict:
        """Run the program: the names that it leaves, with `step`, `params`, `X` and `y`."""
        X, y = data()
        names = {
            "__name__": "program",
            "torch": torch,
            "nn": nn,
            "F": F,
            "X": X,
            "y": y,
            "params": leaves(),
        }
        with torch.random.fork_rng(devices=[]), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.manual_seed(0)
            exec(compile(self.source, f"<{self.name}>", "exec"), names)
        return names


def data(n: int = 25) -> tuple[torch.Tensor, torch.Tensor]:
    return synthetic_data([2, -3.4], 4.2, n, generator=torch.Generator().manual_seed(0))


def leaves() -> list[torch.Tensor]:
    return [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def _files(pattern: str) -> list[Path]:
    return sorted(CORPUS.glob(pattern))


def _sections(path: Path) -> list[Program]:
    """Read the programs of a file: each begins at a line `#: name expected [note:pitfall]`."""
    found = []
    for part in re.split(r"^#: ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, _, source = part.partition("\n")
        name, expected, *notes = head.split()
        expected = None if expected == "right" else expected
        notes = tuple(note.removeprefix("note:") for note in notes)
        found.append(Program(f"{path.stem}/{name}", expected, source, notes))
    return found


def programs() -> list[Program]:
    """Read the whole corpus of steps."""
    found = [
        Program(f"{p.parent.name}/{p.stem}", p.parent.name, p.read_text(encoding="utf-8"))
        for p in _files("step/*/*.py")
    ]
    for path in _files("right/*.py"):
        source = path.read_text(encoding="utf-8")
        if re.search(r"^(def step\(|step = )", source, flags=re.M):
            found.append(Program(f"right/{path.stem}", None, source))
    return found + [program for path in _files("steps/*.py") for program in _sections(path)]
