"""What a rule found, as facts; its sentences stand with the pitfall, or in the table of hints."""

from dataclasses import dataclass, field

from linreg_lib.hints._frames import Place
from linreg_lib.pitfalls import PITFALLS
from linreg_lib.words import words


@dataclass
class Diagnosis:
    """The kind of an error and its cause.

    Attributes:
        happened: key of the sentence that says what happened.
        pitfall: the pitfall; None where the error's kind is known and its cause is not.
        kind: key of the sentences that say the cause and, where it differs, the cure.
        facts: what fills the sentences.
        topic: the page that tells the pitfalls apart, where it is one of several; with neither
            of the two, the page that lists all other errors.
    """

    happened: str
    pitfall: str | None = None
    kind: str | None = None
    facts: dict[str, object] = field(default_factory=dict)
    topic: str | None = None

    def _sentence(self, part: str) -> str | None:
        if self.kind is None:
            return None
        table = PITFALLS[self.pitfall].hints if self.pitfall else words("hints")["general"]
        template = table[self.kind].get(part)
        return template.format(**self.facts) if template else None

    @property
    def what(self) -> str:
        """What happened, in a sentence."""
        return words("hints")["happened"][self.happened].format(**self.facts)

    @property
    def cause(self) -> str | None:
        """The cause in this code; None where it cannot be known."""
        return self._sentence("cause")

    @property
    def cure(self) -> str:
        """What to write; empty where that depends on a cause that is not known."""
        usual = PITFALLS[self.pitfall].cure if self.pitfall else ""
        return self._sentence("cure") or usual

    @property
    def address(self) -> str:
        """The page of the book, relative to its root."""
        if self.pitfall:
            return PITFALLS[self.pitfall].address
        table = words("hints")["address"]
        if self.topic:
            return table["topic"].format(topic=self.topic)
        return table["other"].format(kind=self.happened)


# What a part of the diagnosis gives: the pitfall, the kind of cause and the facts.
Found = tuple[str | None, str | None, dict[str, object]]


def line_of(place: Place) -> str:
    """Return the line of a place in words."""
    return place.where
