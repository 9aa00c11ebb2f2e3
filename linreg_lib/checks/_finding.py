"""What the checker reports: a mistake, or a note on a convention."""

from dataclasses import dataclass

from linreg_lib._book import where_to_read
from linreg_lib.pitfalls import PITFALLS
from linreg_lib.words import words


@dataclass(frozen=True)
class Finding:
    """One mistake that would go unnoticed, or (`kind` "note") something that is good to know.

    Attributes:
        pitfall: its name in `linreg_lib.pitfalls.PITFALLS`; None where what was seen is certain
            and its cause is not.
        message: what was seen, with the parameter and the numbers.
        cure: what to write.
        kind: "mistake" or "note".
        topic: the page of the book for a finding without a pitfall.
    """

    pitfall: str | None
    message: str
    cure: str = ""
    kind: str = "mistake"
    topic: str = "index"

    def __post_init__(self):
        if not self.cure and self.pitfall is not None:
            object.__setattr__(self, "cure", PITFALLS[self.pitfall].cure)

    @property
    def address(self) -> str:
        """The page of the book, relative to the built book's root."""
        if self.pitfall is None:
            return f"book/pitfalls/{self.topic}.html"
        return PITFALLS[self.pitfall].address

    def __str__(self) -> str:
        form = words("findings")["form"]
        lines = [form[self.kind].format(message=self.message)]
        if self.cure:
            lines.append(form["cure"].format(cure=self.cure))
        return "\n".join([*lines, f"  {where_to_read(self.address)}"])


class Findings(list):
    """The mistakes of a step, a list of `Finding`: empty where there are none.

    Attributes:
        notes: a list of `Finding` of kind "note": conventions, and what could not be examined.
            They do not count as mistakes.
    """

    def __init__(self, mistakes=(), notes=()):
        super().__init__(mistakes)
        self.notes = list(notes)

    def __repr__(self) -> str:
        return "\n\n".join(map(str, [*self, *self.notes])) or words("findings")["form"]["none"]


def finding(key: str, pitfall: str | None = None, *, topic: str = "index", **facts) -> Finding:
    """Make a mistake of the sentences under a key of `words/findings.toml`."""
    return _worded("mistake", key, pitfall, topic, facts)


def note(key: str, pitfall: str | None = None, *, topic: str = "index", **facts) -> Finding:
    """Make a note of the sentences under a key of `words/findings.toml`."""
    return _worded("note", key, pitfall, topic, facts)


def _worded(kind: str, key: str, pitfall: str | None, topic: str, facts: dict) -> Finding:
    sentences = words("findings")[key]
    message = sentences["message"].format(**facts)
    cure = sentences.get("cure", "").format(**facts)
    return Finding(pitfall, message, cure, kind, topic)
