"""The page of the errors that have no page of their own: its entries, made from the hints' words.

    ```{other-errors} tensors
    ```

An entry stands under the anchor that a hint of its kind names. The finder knows those messages
that alone tell their kind.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from book_execution import package_dir
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

TABLE = Path(__file__).with_name("other_errors.toml")
PAGE = "book/pitfalls/other-errors"
FIELD = re.compile(r"\{(\w+)\}")


@cache
def table() -> dict:
    """Read the messages, by group and kind."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def sentences() -> dict:
    """Read the words of the hints; the package is not imported for it."""
    path = package_dir() / "words" / "hints.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def explained(kind: str, entry: dict, facts: dict | None = None) -> tuple[str, str]:
    """Give what happened and the cure; without facts, an ellipsis stands for what varies."""
    words = sentences()
    cure = words["general"].get(entry.get("cure", kind), {}).get("cure", "")
    happened = words["happened"][kind]
    if facts is None:
        names = FIELD.findall(happened + cure)
        facts = dict.fromkeys(names, "...")
    return happened.format(**facts), cure.format(**facts)


class OtherErrors(SphinxDirective):
    """`{other-errors}`."""

    required_arguments = 1

    def run(self):
        """Give the entries of a group, each under its anchor."""
        self.env.note_dependency(str(TABLE))
        self.env.note_dependency(str(package_dir() / "words" / "hints.toml"))
        found = []
        for kind, entry in table()[self.arguments[0]].items():
            block = nodes.container("", ids=[kind], classes=["linreg-error"])
            lines = []
            for row in entry["messages"]:
                said = f"{row['type']}: {row['text']}" if row["text"] else row["type"]
                lines += [f"`` {said} ``" if "`" in said else f"`{said}`", ""]
            happened, cure = explained(kind, entry, entry.get("facts", {}))
            lines += [happened, "", cure]
            source, _ = self.get_source_info()
            self.state.nested_parse(StringList(lines, source), self.content_offset, block)
            found.append(block)
        return found


def add_to_finder(known: dict) -> None:
    """Add what the finder is to know of the messages that alone tell their kind."""
    for group in table().values():
        for kind, entry in group.items():
            if not entry.get("found", True):
                continue
            happened, cure = explained(kind, entry)
            page = {"at": f"{PAGE}.html#{kind}", "title": happened, "apart": cure}
            page |= {"about": "", "heading": "", "code": []}
            for row in entry["messages"]:
                place = [len(known["pages"])]
                known["messages"].append({**row, "versions": "", "pages": place})
            known["pages"].append(page)


def setup(app):
    """Register with Sphinx."""
    app.add_directive("other-errors", OtherErrors)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
