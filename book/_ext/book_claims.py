"""The table of claims, a directive: `{claims} A` shows section A of `claims.toml`.

The answers hold numbers, so they come from a cell of the page, glued as `claim-<id>`; the page
fails to build if an experiment fails. Each row has the anchor `claim-<id>`.
"""

import tomllib
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

DATA = Path(__file__).resolve().parents[2] / "linreg_lib" / "claims" / "claims.toml"
VERDICTS = {
    "right": "right",
    "partly": "partly right",
    "wrong": "wrong",
    "convention": "a convention",
    "error": "raises an error",
    "question": "a question",
}


def row_lines(row: dict) -> list[str]:
    """Give the MyST source of one row of the list-table."""
    name = row["id"].lower()
    see = row["see"]
    link = f"{{ref}}`{see}`" if see.startswith("pitfall-") else f"{{doc}}`/book/{see}`"
    if "further" in row:
        link += f"; further: {{doc}}`/book/{row['further']}`"
    return [
        f"* - [{row['id']}]{{#claim-{name}}}",
        f"  - {row['claim']}",
        f"  - **{VERDICTS[row['verdict']]}**",
        f"  - {{glue:md}}`claim-{name}:commonmark`",
        "",
        f"    See {link}.",
    ]


class Claims(SphinxDirective):
    """`{claims} A`: the rows of one section as a table."""

    required_arguments = 1

    def run(self):
        """Parse the table's MyST source in place."""
        self.env.note_dependency(str(DATA))
        content = tomllib.loads(DATA.read_text(encoding="utf-8"))
        section = self.arguments[0]
        rows = [row for row in content["claim"] if row["id"].startswith(section)]
        if not rows:
            raise self.error(f"there are no claims in section {section!r}: write A ... H")
        lines = [
            f"```{{list-table}} Claims about: {content['sections'][section].lower()}",
            ":header-rows: 1",
            ":class: claims",
            ":widths: 6 36 14 44",
            "",
            "* - Row",
            "  - The claim or question",
            "  - Verdict",
            "  - What holds",
            *(line for row in rows for line in row_lines(row)),
            "```",
        ]
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, str(DATA)), self.content_offset, holder)
        return holder.children


def setup(app):
    """Register with Sphinx."""
    app.add_directive("claims", Claims)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
