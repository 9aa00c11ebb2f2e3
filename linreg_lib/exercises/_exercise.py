"""An exercise, read from its folder."""

import importlib.util
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from linreg_lib.exercises._feedback import Feedback
from linreg_lib.words import words

CODE = ("function", "class", "program")


@dataclass(frozen=True)
class Exercise:
    """A task whose wrong answers are known.

    Its home is the folder `linreg_lib/exercises/<name>`: `exercise.toml`, and where code is to be
    written `start.py`, `check.py`, the right answers `right_*.py` and a wrong one for each
    mistake, `wrong_<mistake>.py` (`wrong_<mistake>__2.py` for another).

    Attributes:
        name: of its folder; stable.
        kind: "code", "number", "choice" or "order".
        title: a few words.
        task: what is asked, in a sentence or two.
        address: the section of the book that explains it, relative to the built book's root.
        hints: a question, the idea, the line.
        passed: what a right answer is told.
        notes: what a right answer is told besides, where it is right in a way of its own.
        asks: for code, what is to be written: "function", "class" or "program".
        function, signature: its name, and how it is called.
        names: for code, what of the book its text may use without importing it.
        seconds: how long the answer's code may run in all.
        mistakes: by name, the sentences `did` and `why` with the reader's numbers as fields, and
            by what a number, a choice or an order is known as this mistake.
        unknown: by property, the sentences for what no known mistake explains.
        right: for a number `value` and `tolerance`; for each kind `why`, the solution in words.
        choices: by key, `text`, and `right` or the `mistake` that choosing it is.
        several: whether any number of the choices may apply.
        lines: for an order, the lines by key, in the order in which they are shown first.
    """

    name: str
    kind: str
    title: str
    task: str
    address: str
    hints: tuple[str, str, str]
    folder: Path
    passed: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    asks: str = ""
    function: str = ""
    signature: str = ""
    names: tuple[str, ...] = ()
    seconds: float = 10
    mistakes: dict[str, dict[str, Any]] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    right: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, dict[str, Any]] = field(default_factory=dict)
    several: bool = False
    lines: dict[str, str] = field(default_factory=dict)

    @cached_property
    def start(self) -> str:
        """The text that the reader begins with; empty where no code is asked for."""
        return self._text("start.py") if self.kind == "code" else ""

    @cached_property
    def solutions(self) -> tuple[str, ...]:
        """The right programs, the book's own first."""
        return tuple(self._text(path.name) for path in sorted(self.folder.glob("right_*.py")))

    @cached_property
    def wrong(self) -> dict[str, list[str]]:
        """The wrong programs by the name of their mistake."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.folder.glob("wrong_*.py")):
            mistake = path.stem.removeprefix("wrong_").partition("__")[0]
            found.setdefault(mistake, []).append(self._text(path.name))
        return found

    @cached_property
    def checker(self) -> Callable[..., Feedback | None]:
        """The function `check` of the exercise's check.py."""
        path = self.folder / "check.py"
        module_name = "linreg_lib.exercises._check_" + self.name.replace("-", "_")
        spec = importlib.util.spec_from_file_location(module_name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.check

    def _text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    # Feedback ----------------------------------------------------------------------------------

    def right_answer(self, note: str = "", **facts) -> Feedback:
        """Say that the answer is right, and what is its own about it where there is a note."""
        said = self.passed or words("exercises")["right"]
        if note:
            said += " " + self.notes[note].format(**facts)
        return Feedback(True, None, said, self.address)

    def mistake(self, name: str, /, line: str = "", **facts) -> Feedback:
        """Tell a known mistake: what was done, why that comes of it, the line.

        Where an error gave the mistake away (`error` is its text), `raised` is said instead of
        `did`.
        """
        told = self.mistakes[name]
        did = told["raised"] if "error" in facts and "raised" in told else told["did"]
        text = f"{did} {told.get('why', '')}".strip().format(**facts)
        return self._told(name, text, told.get("address", self.address), line)

    def not_understood(self, prop: str, /, line: str = "", **facts) -> Feedback:
        """Tell honestly what does not hold, where no known mistake explains it.

        Facts of the names `expected` and `got` are compared at the end, unless the sentence
        tells them already.
        """
        said, end = self.unknown[prop], ""
        if {"expected", "got"} <= set(facts) and "{got}" not in said:
            end = words("exercises")["compared"].format(**facts)
        return self._told(None, said.format(**facts), self.address, line, end)

    def state(self, name: str, /, line: str = "", address: str = "", **facts) -> Feedback:
        """Tell one of the things that may happen in any exercise."""
        facts = {"function": self.function, "signature": self.signature, **facts}
        text = words("exercises")["state"][name].format(**facts)
        return self._told(name.removesuffix("-printed"), text, address or self.address, line)

    def told(self, name: str, text: str, line: str) -> Feedback:
        """Tell a mistake in these words, at the exercise's own address."""
        return self._told(name, text, self.address, line)

    def quoted(self, number: int | None, code: str | None) -> str:
        """Quote a line of the reader's; nothing where there is none."""
        return words("exercises")["line"].format(number=number, code=code) if code else ""

    def _told(self, name, text, address, line, end="") -> Feedback:
        message = "\n".join(part for part in (text, line, end) if part)
        return Feedback(False, name, message, address, end)


def read(folder: Path) -> Exercise:
    """Read an exercise from its folder."""
    facts = tomllib.loads((folder / "exercise.toml").read_text(encoding="utf-8"))
    facts["hints"] = tuple(facts["hints"])
    facts["names"] = tuple(facts.get("names", ()))
    return Exercise(name=folder.name, folder=folder, **facts)
