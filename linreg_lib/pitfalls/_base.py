"""A pitfall, read from its folder, and how to watch one of its programs (book: Pitfalls)."""

import linecache
import re
import tomllib
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Message:
    """What PyTorch or Python says, by which a reader finds the pitfall.

    Attributes:
        type: name of the error's or the warning's type.
        text: how the message begins, as the wrong program raises it.
        versions: the versions of PyTorch that say it in these words, such as "before 2.1"; empty
            for the words of today.
    """

    type: str
    text: str
    versions: str = ""


@dataclass(frozen=True)
class Lookalike:
    """A cure that only looks like one: an edit of the wrong program, and what it really does.

    Attributes:
        label: the tempting cure: code, or a few words with code between backticks.
        why: what it really does, in a sentence.
        old, new: the edit, text of the wrong program replaced by other text.
        raises: how the error begins that the wrong program raises, where that is not the message
            that people meet: no second device is needed to run it.
        sign: an expression over the names of the edited program, true while it still goes wrong.
        message: how the error begins that the edited program raises, where it raises one.
    """

    label: str
    why: str
    old: str
    new: str
    sign: str | None = None
    message: str | None = None


@dataclass(frozen=True)
class Pitfall:
    """One classic mistake: its wrong and its right program, and the words for it.

    Its home is the folder `linreg_lib/pitfalls/<name>`: `wrong.py`, `right.py`, and
    `pitfall.toml` with everything else.

    Attributes:
        name: stable name, of its folder and of its page.
        topic: the group of pitfalls that it is told apart from.
        title: the title of its page: the message, or what is seen, and the mistake.
        mistake: the mistake in a few words, for lists and links.
        claims: rows of the table of claims that it belongs to.
        wrong, right: self-contained programs that differ in what matters alone.
        why: what happened, in a sentence or two.
        cure: what to write, in a sentence.
        tells_apart: by what one knows this one among those that look the same, in a sentence.
        code: patterns (regular expressions, of Python and JavaScript alike) of source lines in a
            traceback that speak for this one, where several share its message.
        messages: what an error or a warning says; the first is the error that ends the wrong
            program. Where that program is silent, there may be none.
        raises: how the error begins that the wrong program raises, where that is not the message
            that people meet: no second device is needed to run it.
        sign: an expression over the program's names: true after the wrong program, false after
            the right one. The only witness where the mistake is silent.
        lookalikes: cures that only look like one.
        hints: by kind of cause, the sentences of hints: `cause`, and `cure` where the usual one
            does not fit; filled with what is known of the reader's code.
    """

    name: str
    topic: str
    title: str
    mistake: str
    claims: tuple[str, ...]
    wrong: str
    right: str
    why: str
    cure: str
    tells_apart: str
    code: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    raises: str | None = None
    sign: str | None = None
    lookalikes: tuple[Lookalike, ...] = ()
    hints: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """The label of its page, and the id of its entry on the topic's page."""
        return f"pitfall-{self.name}"

    @property
    def address(self) -> str:
        """Its page in the built book, relative to the site's root."""
        return f"book/pitfalls/{self.name}.html"

    @property
    def watched(self) -> tuple[str, str]:
        """The wrong and the right program as one steps through them: long loops are short."""
        return shortened(self.wrong), shortened(self.right)

    @property
    def silent(self) -> bool:
        """Whether PyTorch raises no error: the sign alone tells."""
        return self.sign is not None

    @property
    def message(self) -> str | None:
        """How the error begins that the wrong program raises; None where it is silent."""
        return None if self.silent else self.raises or self.messages[0].text

    @property
    def error(self) -> str | None:
        """Name of that error's type; None where the wrong program is silent."""
        return None if self.silent else self.messages[0].type

    def edited(self, lookalike: Lookalike) -> str:
        """Return the wrong program with the edit of a cure that only looks like one."""
        if self.wrong.count(lookalike.old) != 1:
            raise ValueError(
                f"the edit of a lookalike must fit one place of the wrong program; "
                f"{lookalike.old!r} fits {self.wrong.count(lookalike.old)} in {self.name}."
            )
        return self.wrong.replace(lookalike.old, lookalike.new)


def shortened(source: str) -> str:
    """Let a loop of ten rounds or more run three times."""
    return re.sub(r"\brange\(\d\d+\)", "range(3)", source).rstrip()


def read(folder: Path, topic: str) -> Pitfall:
    """Read a pitfall from its folder."""

    def text(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    facts = tomllib.loads(text("pitfall.toml"))
    facts["claims"] = tuple(facts["claims"])
    facts["code"] = tuple(facts.get("code", ()))
    facts["messages"] = tuple(Message(**row) for row in facts.get("messages", ()))
    facts["lookalikes"] = tuple(Lookalike(**row) for row in facts.get("lookalikes", ()))
    return Pitfall(
        name=folder.name, topic=topic, wrong=text("wrong.py"), right=text("right.py"), **facts
    )


@dataclass
class Outcome:
    """What running a program did: its names, the error that ended it (or None), its warnings."""

    names: dict[str, Any]
    error: Exception | None = None
    warnings: list[str] = field(default_factory=list)

    def shows(self, sign: str) -> bool:
        """Evaluate an expression over the names that the program left."""
        return bool(eval(sign, dict(self.names)))


def run_program(source: str, name: str = "program") -> Outcome:
    """Run a program in a namespace of its own and tell how it ended.

    Args:
        source: Python source text.
        name: shown in tracebacks as `<name>`; the source lines are made known to them.

    Returns:
        its names, the exception that ended it (or None), and the warnings it raised.

    Raises:
        SyntaxError: the text is no program.
    """
    filename = f"<{name}>"
    code = compile(source, filename, "exec")
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    outcome = Outcome({"__name__": name})
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(code, outcome.names)
        except Exception as error:
            outcome.error = error
    outcome.warnings = [str(warning.message) for warning in caught]
    return outcome
