"""The playground: the widget for programs of one's own, with the programs of the book in its menu.

    ```{playground}
    ```

The programs are those of the pitfalls, wrong and right, and the files of `book/programs/`, whose
first line says their title and the page that they belong to. `#book=NAME` in the page's address
shows one of them; `address_of` gives such a link.
"""

import os
import tomllib
from pathlib import Path

from book_editing import PLAYGROUND, composed, styled
from book_execution import package_dir
from book_launch import find_repository
from book_widgets import widget_mount
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "book" / "programs"
OPENING = "import torch\n\n"
WITHOUT = (
    "With JavaScript, here is a field for a program of your own. Without it, the book's notebooks "
    "run in Jupyter."
)
CHAPTERS = "From the chapters"
STYLES = [f"stepper/{part}.css" for part in ("layout", "listing", "tensors", "graph")]


def of_chapters() -> list[dict]:
    """Read the programs of `book/programs/`: name, title, page and code."""
    found = []
    for path in sorted(FOLDER.glob("*.py")):
        head, code = path.read_text(encoding="utf-8").split("\n", 1)
        title, page = head.removeprefix("# ").split(" | ")
        name = path.stem.split("-", 1)[1]
        found.append({"name": name, "title": title, "page": page, "code": code, "group": CHAPTERS})
    return found


def of_pitfalls(package: Path) -> list[dict]:
    """Read the pitfalls' programs, without importing the package."""
    folder, found = package / "pitfalls", []
    topics = tomllib.loads((folder / "topics.toml").read_text(encoding="utf-8"))
    for topic, names in topics.items():
        group = topic.replace("-", " ").capitalize()
        for name in names:
            about = tomllib.loads((folder / name / "pitfall.toml").read_text(encoding="utf-8"))
            mistake = about["mistake"].replace("`", "")
            for kind in ("wrong", "right"):
                code = (folder / name / f"{kind}.py").read_text(encoding="utf-8")
                title = f"{mistake} ({kind})"
                page = f"book/pitfalls/{name}"
                entry = {"name": f"{name}/{kind}", "title": title, "page": page, "code": code}
                found.append({**entry, "group": group})
    return found


def programs(env) -> list[dict]:
    """Give the programs of the pages that this book has, as the widget takes them."""
    repository = find_repository(os.environ, ROOT)
    found = [*of_chapters(), *of_pitfalls(package_dir())]
    for program in found:
        page = program["page"]
        here = page in env.found_docs
        colab = repository.colab(page) if here and repository and repository.on_github else None
        program |= {"page": f"{page}.html" if here else None, "colab": colab}
    return found


class Playground(SphinxDirective):
    """`{playground}`."""

    def run(self):
        """Leave the place of the widget, with its state."""
        for path in [*FOLDER.glob("*.py"), *package_dir().glob("pitfalls/*/*.*")]:
            self.env.note_dependency(str(path))
        for path in package_dir().glob("widgets/**/*.*s"):
            self.env.note_dependency(str(path))
        state = {
            "_esm": composed("playground.js"),
            "_css": styled(*STYLES, "playground.css"),
            "programs": programs(self.env),
            "opening": OPENING,
        }
        node = widget_mount(
            "", widget="w1", svg="", caption=WITHOUT, wide=True, state={"state": state}
        )
        node["editable"] = node["runs_programs"] = True
        self.set_source_info(node)
        return [node]


def address_of(app, pagename: str, name: str) -> str | None:
    """Give the link from a page to a program of the book in the playground, or None."""
    if PLAYGROUND not in app.env.found_docs or app.builder.format != "html":
        return None
    return f"{app.builder.get_relative_uri(pagename, PLAYGROUND)}#book={name}"


def setup(app):
    """Register with Sphinx."""
    app.add_directive("playground", Playground)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
