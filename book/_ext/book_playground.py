"""The playground: the widget for programs of one's own, with the programs of the book in its menu.

    ```{playground}
    ```

The programs are those of the pitfalls, wrong and right, and the files of `book/programs/`, whose
first line says their title and the page that they belong to. `#book=NAME` in the page's address
shows one of them; `address_of` gives such a link.

Two kinds are not in the menu, but have links: the pitfalls' lookalikes, and the chapters' cells,
each with the cells before it. A chapter's cell that shows what came of it ends with such a link.
"""

import os
import tomllib
from pathlib import Path

from book_chapter_programs import programs as programs_of
from book_editing import PLAYGROUND, composed, styled
from book_execution import package_dir
from book_launch import find_repository
from book_widgets import widget_mount
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "book" / "programs"
TRY = "Try it"
TRY_ALL = "Run the code up to here in the playground"
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
            wrong = found[-2]["code"]
            for i, edit in enumerate(about.get("lookalikes", ())):
                code = wrong.replace(edit["old"], edit["new"])
                title = f"{mistake} ({edit['label'].replace('`', '')})"
                entry = {"name": f"{name}/lookalike-{i + 1}", "title": title, "page": page}
                found.append({**entry, "code": code, "group": None})
    return found


def is_chapter(docname: str) -> bool:
    """Tell whether a page's code cells are programs to be tried."""
    return docname.startswith(("book/scratch/", "book/beyond/", "book/autograd"))


def of_cells(env) -> list[dict]:
    """Read the chapters' code cells: page, its title, and what of each cell runs."""
    repository, found = find_repository(os.environ, ROOT), []
    for docname in sorted(filter(is_chapter, env.found_docs)):
        text = Path(env.doc2path(docname)).read_text(encoding="utf-8")
        title = text.split("\n# ", 1)[1].split("\n", 1)[0]
        codes = [code for _, code in programs_of(text)]
        colab = repository.colab(docname) if repository and repository.on_github else None
        found.append({"page": docname, "title": title, "colab": colab, "cells": codes})
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


class ChapterLinks(SphinxTransform):
    """Leads from a chapter's cells that show what came of them to the playground."""

    default_priority = 400

    def apply(self):
        """Put a link after the output of each cell that is a program there."""
        docname = self.env.docname
        if not is_chapter(docname):
            return
        text = Path(self.env.doc2path(docname)).read_text(encoding="utf-8")
        places = {source.strip(): i for i, (source, _) in enumerate(programs_of(text), 1)}
        for cell in list(self.document.findall(nodes.container)):
            if cell.get("nb_element") != "cell_code" or len(cell.children) < 2:
                continue
            block = next(iter(cell.findall(nodes.literal_block)), None)
            place = block is not None and places.get(block.astext().strip())
            address = place and address_of(self.app, docname, f"{docname}/{place}")
            if address:
                link = nodes.reference("", TRY, refuri=address, internal=True, reftitle=TRY_ALL)
                cell += nodes.paragraph("", "", link, classes=["to-playground", "from-cell"])


class Playground(SphinxDirective):
    """`{playground}`."""

    def run(self):
        """Leave the place of the widget, with its state."""
        for path in [*FOLDER.glob("*.py"), *package_dir().glob("pitfalls/*/*.*")]:
            self.env.note_dependency(str(path))
        for docname in filter(is_chapter, self.env.found_docs):
            self.env.note_dependency(str(self.env.doc2path(docname)))
        for path in package_dir().glob("widgets/**/*.*s"):
            self.env.note_dependency(str(path))
        state = {
            "_esm": composed("playground.js"),
            "_css": styled(*STYLES, "playground.css"),
            "programs": programs(self.env),
            "chapters": of_cells(self.env),
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
    app.add_transform(ChapterLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
