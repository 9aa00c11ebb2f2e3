"""Solutions as a notebook shows them."""


class Solutions(list):
    """The texts of the right answers: a list that shows itself one below the other.

    Attributes:
        are_code: whether the texts are programs.
    """

    def __init__(self, texts, *, are_code: bool):
        super().__init__(texts)
        self.are_code = are_code

    def __str__(self) -> str:
        return "\n\n\n".join(text.rstrip() for text in self)

    def _repr_pretty_(self, printer, cycle) -> None:
        """Show the texts in a terminal's IPython."""
        printer.text("..." if cycle else str(self))

    def _repr_markdown_(self) -> str:
        """Show the texts in a notebook, programs colored."""
        if not self.are_code:
            return str(self)
        return "\n\n".join(f"```python\n{text.rstrip()}\n```" for text in self)
