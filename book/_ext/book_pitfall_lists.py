"""Lists of pitfalls, made from the registry: a topic's, and the index by message and by symptom.

pitfall-topic NAME   the pitfalls of a topic, each with what is seen and what tells it apart
pitfall-index        errors: a row for each message; silent: a row for each symptom
"""

from book_pitfalls import depend, parsed, registry
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective


class Topic(SphinxDirective):
    """`{pitfall-topic} NAME`: entries with the ids that the sections of old had here."""

    required_arguments = 1

    def run(self):
        """Give an entry for each pitfall."""
        known = registry()
        if self.arguments[0] not in known.TOPICS:
            raise self.error(f"no topic {self.arguments[0]!r} in linreg_lib.pitfalls")
        names = known.TOPICS[self.arguments[0]]
        depend(self.env, *names)
        entries = nodes.definition_list(classes=["pitfall-topic"])
        for name in names:
            pitfall = known.PITFALLS[name]
            term, text = parsed(self, [f"[{pitfall.mistake}](#{pitfall.anchor})", "", met(pitfall)])
            entries += nodes.definition_list_item(
                "",
                nodes.term("", "", *term.children, ids=[pitfall.anchor]),
                nodes.definition("", text),
            )
        return [entries]


def met(pitfall) -> str:
    """Say by what one knows it: the message, and what tells it from its kin."""
    said = f"`{pitfall.messages[0].text}` " if not pitfall.silent else ""
    return said + pitfall.tells_apart


class Index(SphinxDirective):
    """`{pitfall-index} errors` or `{pitfall-index} silent`."""

    required_arguments = 1

    def run(self):
        """Give the table of that kind."""
        depend(self.env)
        kind = directives.choice(self.arguments[0], ("errors", "silent"))
        return parsed(self, messages_table() if kind == "errors" else symptoms_table())


def messages_table() -> list[str]:
    """Give a row for each message: what it says, and the pages that explain it.

    Messages of one family, which differ in a name or a number, have one row.
    """
    known = registry()
    begins = [text for family in known.FAMILIES for text in family.says]
    rows: dict[str, list] = {}
    said: dict[str, list] = {}
    for pitfall in known.PITFALLS.values():
        for message in pitfall.messages:
            row = next((text for text in begins if message.text.startswith(text)), message.text)
            if pitfall not in rows.setdefault(row, []):
                rows[row].append(pitfall)
            said.setdefault(row, []).append(message)
    return table(
        ("The message", "Its page"),
        [
            (
                wording(row, said[row]),
                links(rows[row], apart=not all(m.versions for m in said[row])),
            )
            for row in sorted(rows, key=by_letters)
        ],
    )


def wording(begin: str, messages: list) -> str:
    """Say what the messages of a row have in common, in the words of today if there are any."""
    today = {message.text for message in messages if not message.versions}
    if len(today) == 1:
        return f"`{today.pop()}`"
    if today:
        return f"`{begin} ...`"
    return f"`{begin}` (PyTorch {messages[0].versions})"


def by_letters(text: str) -> str:
    """Sort messages by their words, whatever quotation mark they begin with."""
    return text.lstrip("'\"(").lower()


def symptoms_table() -> list[str]:
    """Give a row for each symptom that comes without a message."""
    known = registry()
    silent = [family for family in known.FAMILIES if not family.says]
    return table(
        ("You see", "It may be"),
        [(f.sees, links([known.PITFALLS[name] for name in f.members])) for f in silent],
    )


def links(pitfalls, apart: bool = True) -> list[str]:
    """Link to pages, with what tells them apart where there are several."""
    if len(pitfalls) == 1 or not apart:
        return [f"[{pitfall.mistake}](#{pitfall.anchor})" for pitfall in pitfalls]
    return [f"[{p.mistake}](#{p.anchor}): {p.tells_apart}" for p in pitfalls]


def table(heads: tuple[str, str], rows: list[tuple[str, list[str]]]) -> list[str]:
    """Write a list-table; the second cell of a row has a paragraph for each page."""
    lines = ["```{list-table}", ":header-rows: 1", ":class: pitfall-index", ":widths: 45 55", ""]
    lines += [f"* - {heads[0]}", f"  - {heads[1]}"]
    for said, pages in rows:
        lines += [f"* - {said}", f"  - {pages[0]}"]
        for page in pages[1:]:
            lines += ["", f"    {page}"]
    return [*lines, "```"]


def setup(app):
    """Register with Sphinx."""
    app.add_directive("pitfall-topic", Topic)
    app.add_directive("pitfall-index", Index)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
