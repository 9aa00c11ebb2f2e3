"""What a checked answer is told."""

from dataclasses import asdict, dataclass

from linreg_lib._book import book_url, where_to_read
from linreg_lib.words import words


@dataclass(frozen=True)
class Feedback:
    """The answer to an answer.

    Attributes:
        passed: whether the answer is right.
        mistake: the mistake's name; a state such as "not-started" or "no-return"; None where the
            answer is right, or wrong in a way that is not known.
        message: what you did, with your numbers; why that comes of it; your line; last, what was
            expected and what came. Words between backticks are code.
        address: the section of the book, relative to the built book's root.
        compared: the end of the message: what was expected and what came, or nothing.
    """

    passed: bool
    mistake: str | None
    message: str
    address: str
    compared: str = ""

    @property
    def url(self) -> str:
        """The address, complete where the environment knows the book's (LINREG_BOOK_URL)."""
        return book_url(self.address)

    def to_dict(self) -> dict:
        """Give the fields as data, for the page."""
        return asdict(self)

    def __str__(self) -> str:
        told = self.message.removesuffix(self.compared).rstrip()
        lines = [told] if self.passed else [told, f"  {where_to_read(self.address)}"]
        return "\n".join([*lines, self.compared]).rstrip()

    def _repr_pretty_(self, printer, cycle) -> None:
        """Show the words in a terminal's IPython."""
        printer.text("..." if cycle else str(self))

    def _repr_markdown_(self) -> str:
        """Show the words in a notebook, code as code and the section as a link."""
        told = self.message.removesuffix(self.compared).rstrip()
        parts = [told.replace("\n", "\n\n")]
        if not self.passed and self.url != self.address:
            parts.append(words("exercises")["read"].format(url=self.url))
        parts.append(self.compared)
        return "\n\n".join(filter(None, parts))


class Told(BaseException):
    """Ends a check with its feedback; not an Exception, so that no answer catches it."""

    def __init__(self, feedback: Feedback):
        super().__init__(feedback.message)
        self.feedback = feedback
