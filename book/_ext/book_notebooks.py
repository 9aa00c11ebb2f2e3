"""A portable notebook for every page with cells, beside the page and in `_build/notebooks`.

It reads well where MyST is not understood (Colab, VS Code, plain JupyterLab): the prose is made
from the resolved doctree, so that numbers, references and citations are filled in; the cells are
those of the source, without outputs. Cells that only check the page (`remove-cell`) stay out.
"""

import hashlib
import os
from pathlib import Path

import nbformat
from book_exercises import solution
from book_launch import NOTEBOOKS, find_repository
from docutils import nodes
from myst_nb.core.read import create_nb_reader
from notebook_markdown import Markdown, folded

ROOT = Path(__file__).resolve().parents[2]
NEEDS_PACKAGE = (
    "This notebook needs `linreg_lib`, the book's own package: in a copy of the book, "
    'run `pip install ".[notebook]"`.'
)
INSTALL = """\
# This notebook uses linreg_lib, the book's own small package. Where it is missing, this cell
# installs it, in the version that the notebook was made with. What is already here stays as it is.
import importlib.util

if importlib.util.find_spec("linreg_lib") is None:
    %pip install --quiet "{package}"\
"""


class Builder:
    """Collect cells; prose between two code cells becomes one Markdown cell."""

    def __init__(self, markdown: Markdown, sources: list):
        self.markdown, self.sources = markdown, sources
        self.cells: list = []
        self.prose: list[str] = []

    def walk(self, parent, level: int, fold: bool = False) -> None:
        """Take in the children of a section, or those of a solution, which are folded."""
        for node in parent.children:
            if isinstance(node, nodes.section):
                self.walk(node, level + 1)
            elif isinstance(node, nodes.title):
                self.prose.append(self.markdown.title(node, level))
            elif isinstance(node, solution):
                self.flush()
                note = f"*{node['title']}. Text and code are folded: open them when you are ready.*"
                self.cells.append(nbformat.v4.new_markdown_cell(note))
                self.walk(node, level, fold=True)
                self.flush(fold=True)
            elif node.get("nb_element") == "cell_code":
                self.flush(fold)
                self.code(node, fold)
            else:
                self.prose.append(self.markdown.block(node))

    def flush(self, fold: bool = False) -> None:
        """End a Markdown cell."""
        text = "\n\n".join(part for part in self.prose if part)
        if text:
            text = folded("Text of the solution", text) if fold else text
            self.cells.append(nbformat.v4.new_markdown_cell(text))
        self.prose = []

    def code(self, node, fold: bool) -> None:
        """Add a code cell; where the page hides its code, the notebook folds it."""
        source = self.sources[node["cell_index"]]
        tags = source.metadata.get("tags", [])
        metadata = {"tags": ["raises-exception"]} if "raises-exception" in tags else {}
        if fold or {"hide-input", "remove-input", "hide-cell"}.intersection(tags):
            # JupyterLab's way to fold code, and Colab's.
            metadata |= {"jupyter": {"source_hidden": True}, "cellView": "form"}
        self.cells.append(nbformat.v4.new_code_cell(source.source, metadata=metadata))
        for figure in node.findall(nodes.caption):
            self.prose.append(self.markdown.block(figure))


def portable(app, docname: str, doctree, repository) -> nbformat.NotebookNode | None:
    """Make the notebook of a page; a page without cells has none."""
    env = app.env
    if not any(n.get("nb_element") == "cell_code" for n in doctree.findall(nodes.container)):
        return None
    path = Path(env.doc2path(docname))
    text = path.read_text(encoding="utf-8")
    reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
    site = app.config.html_baseurl or (repository.site if repository else "")
    site = site and site.rstrip("/") + "/"
    markdown = Markdown(site, docname, env.toc_fignumbers.get(docname, {}))
    builder = Builder(markdown, reader.read(text).cells)
    # A page's one top section is at level 1.
    builder.walk(doctree, 0)
    for heading, items in (("Notes", markdown.notes), ("References", markdown.cited)):
        if items:
            builder.prose += [f"**{heading}**", "\n\n".join(items)]
    builder.flush()
    cells = [*introduction(site, docname, builder.cells, repository), *builder.cells]
    notebook = nbformat.v4.new_notebook(cells=number(cells))
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.validate(notebook)
    return notebook


def introduction(site: str, docname: str, cells: list, repository) -> list:
    """Say where the page is, and take care that the package is there."""
    where = f"You can also [read this page on the book's site]({site}{docname}.html)."
    texts = [where] if site else []
    if not repository:
        texts.append(NEEDS_PACKAGE)
    made = [nbformat.v4.new_markdown_cell(" ".join(texts))] if texts else []
    if repository:
        install = INSTALL.format(package=repository.package)
        made.append(nbformat.v4.new_code_cell(install))
    # Not before the title, which notebooks' tables of contents show.
    if cells and cells[0].cell_type == "markdown" and cells[0].source.startswith("# "):
        title, _, rest = cells[0].source.partition("\n\n")
        made.insert(0, nbformat.v4.new_markdown_cell(title))
        cells[0].source = rest
        if not rest:
            del cells[0]
    return made


def number(cells: list) -> list:
    """Give each cell an id made from its content: the same in every build."""
    seen: dict[str, int] = {}
    for cell in cells:
        name = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[name] = seen.get(name, 0) + 1
        cell.id = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return cells


def add_notebook(app, pagename, templatename, context, doctree) -> None:
    """Write the notebook of a page and give the page its buttons."""
    if doctree is None or app.builder.format != "html":
        return
    found = find_repository(os.environ, ROOT)
    notebook = portable(app, pagename, doctree, found)
    if notebook is None:
        return
    text = nbformat.writes(notebook) + "\n"
    for folder in (Path(app.outdir), Path(app.outdir).parent / Path(NOTEBOOKS).name):
        path = folder / f"{pagename}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    add_buttons(context["header_buttons"], pagename, found)


def add_buttons(header: list, page: str, repository) -> None:
    """Offer the notebook for download, and to open in Colab or on Binder."""
    download = next(group for group in header if group.get("label") == "download-buttons")
    download["buttons"].insert(
        0,
        {
            "type": "link",
            "url": page.rsplit("/", 1)[-1] + ".ipynb",
            "text": ".ipynb",
            "icon": "fas fa-code",
            "tooltip": "Download this chapter as a notebook",
            "label": "download-notebook-button",
        },
    )
    if not repository or not repository.on_github:
        return
    launch = {
        "Colab": (repository.colab(page), "_static/images/logo_colab.png"),
        "Binder": (repository.binder(page), "_static/images/logo_binder.svg"),
    }
    buttons = [
        {"type": "link", "text": name, "tooltip": f"Open in {name}", "icon": icon, "url": url}
        for name, (url, icon) in launch.items()
    ]
    header.insert(
        0,
        {
            "type": "group",
            "tooltip": "Run this chapter",
            "icon": "fas fa-rocket",
            "buttons": buttons,
            "label": "launch-buttons",
        },
    )


def remember_repository(app, config) -> None:
    """Note what the notebooks depend on: Sphinx writes the pages anew when it changes."""
    config.book_repository = repr(find_repository(os.environ, ROOT))


def setup(app):
    """Register with Sphinx."""
    app.add_config_value("book_repository", "", "html", str)
    app.connect("config-inited", remember_repository)
    app.connect("html-page-context", add_notebook, priority=502)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
