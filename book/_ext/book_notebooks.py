"""A portable notebook for every page with cells, beside the page and in `_build/notebooks`.

It reads well where MyST is not understood (Colab, VS Code, plain JupyterLab): the prose is made
from the resolved doctree, so that numbers, references and citations are filled in; the cells are
those of the source, without outputs. Cells that only check the page (`remove-cell`) stay out, and
so do solutions: below an exercise that checks answers is a cell of the reader's own, and
`solution("name")` fetches what is right; other exercises' solutions are folded text, which "Run
All" does not run. With LINREG_SOLUTIONS=no, for a class, notebooks have no solution at all.
"""

import hashlib
import os
import re
from pathlib import Path

import nbformat
from book_asks import asked, choices
from book_exercises import exercise, solution
from book_launch import NOTEBOOKS, find_repository
from book_predictions import prediction_cover, prediction_verdicts
from docutils import nodes
from myst_nb.core.read import create_nb_reader
from notebook_markdown import Markdown, folded
from notebook_names import missing_names
from sphinx.util import logging

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
NEEDS_PACKAGE = (
    "This notebook needs `linreg_lib`, the book's own package: in a copy of the book, "
    'run `pip install ".[notebook]"`.'
)
ADDRESS = """\
# Where the book is: what explains an error ends with a link to its page.
import os

os.environ.setdefault("LINREG_BOOK_URL", "{site}")\
"""
UNPUBLISHED = """\
# Made from commit {commit}, which {url}
# did not have yet: until it is pushed, this installs nothing.\
"""
INSTALL = """\
# This notebook uses linreg_lib, the book's own small package. Where it is
# missing, this cell installs it, in the version that the notebook was made
# with. Packages that are already here stay as they are.
import importlib.util

if importlib.util.find_spec("linreg_lib") is None:
    %pip install --quiet "{package}"\
"""

CHECK = "from linreg_lib.exercises import check"
CHECK_AND_SOLUTION = "from linreg_lib.exercises import check, solution"
NUMBERS = """\
# {title}
# Put your answer in the place of the dots.
check("{name}", ...)\
"""
CHOICE = """\
# {title}
# Put your answer in the place of the dots, {forms}.
check("{name}", ...)\
"""
PROGRAM = '''\
program = """
{start}
"""
check("{name}", program)\
'''
# A name that later cells need is not taken from them by a start without a body.
COMMENTED = "# Take the # away, write, and run.\n{}"
VERDICTS = "What became of each answer"
FETCH = '*To see what is right, run* `solution("{}")`*.*'


class Builder:
    """Collect cells; prose between two code cells becomes one Markdown cell."""

    def __init__(self, markdown: Markdown, sources: list, solutions: bool = True):
        self.markdown, self.sources, self.solutions = markdown, sources, solutions
        self.cells: list = []
        self.prose: list[str] = []
        self.shown: set[int] = set()  # which of the sources the page shows
        self.checks = False  # whether answers are checked

    def walk(self, parent, level: int) -> None:
        """Take in the children of a section, or what a prediction covers."""
        for node in parent.children:
            if isinstance(node, nodes.section):
                self.walk(node, level + 1)
            elif isinstance(node, nodes.title):
                self.prose.append(self.markdown.title(node, level))
            elif isinstance(node, solution):
                self.prose.append(self.solution(node))
            elif isinstance(node, exercise):
                self.exercise(node)
            elif isinstance(node, prediction_cover):
                self.walk(node, level)
            elif isinstance(node, prediction_verdicts):
                self.prose.append(folded(VERDICTS, self.markdown.block_definition_list(node)))
            elif node.get("nb_element") == "cell_code":
                self.flush()
                self.code(node)
            else:
                self.prose.append(self.markdown.block(node))

    def flush(self) -> None:
        """End a Markdown cell."""
        text = "\n\n".join(part for part in self.prose if part)
        if text:
            self.cells.append(nbformat.v4.new_markdown_cell(text))
        self.prose = []

    def code(self, node) -> None:
        """Add a code cell; where the page hides its code, the notebook folds it."""
        self.shown.add(node["cell_index"])
        source = self.sources[node["cell_index"]]
        tags = source.metadata.get("tags", [])
        metadata = {"tags": ["raises-exception"]} if "raises-exception" in tags else {}
        if {"hide-input", "remove-input", "hide-cell"}.intersection(tags):
            # JupyterLab's way to fold code, and Colab's.
            metadata |= {"jupyter": {"source_hidden": True}, "cellView": "form"}
        if "hide-output" in tags:  # the reader is asked to say it first
            metadata.setdefault("jupyter", {})["outputs_hidden"] = True
        self.cells.append(nbformat.v4.new_code_cell(source.source, metadata=metadata))
        for figure in node.findall(nodes.caption):
            self.prose.append(self.markdown.block(figure))

    def exercise(self, node) -> None:
        """Add the task and, for each answer that is checked, a cell of the reader's own."""
        self.prose.append(self.markdown.block(node))
        for form in node.findall(asked):
            self.checks = True
            self.flush()
            metadata = {"linreg": {"exercise": form["name"]}}
            self.cells.append(nbformat.v4.new_code_cell(own_cell(form), metadata=metadata))

    def solution(self, node) -> str:
        """Fold a solution as text, its code too, or say how to fetch it."""
        if not self.solutions:
            return ""
        if node["checks"]:
            return "\n\n".join(FETCH.format(name) for name in node["checks"])
        parts = []
        for child in node.children:
            if child.get("nb_element") == "cell_code":
                parts.append(
                    self.markdown.fenced(self.sources[child["cell_index"]].source, "python")
                )
            else:
                parts.append(self.markdown.block(child))
        return folded(node["title"], "\n\n".join(filter(None, parts)))


def own_cell(form) -> str:
    """Give the cell in which the reader answers."""
    name, facts = form["name"], form["facts"]
    if facts["kind"] == "code" and facts["asks"] == "program":
        return PROGRAM.format(name=name, start=form["start"])
    if facts["kind"] == "code":
        return f'{form["start"]}\n\n\ncheck("{name}", {facts["function"]})'
    if facts["kind"] == "number":
        return NUMBERS.format(name=name, title=facts["title"])
    keys = [key for key, _ in choices(facts)] or list(facts["lines"])
    forms = ", ".join(f'"{key}"' for key in keys)
    several = facts.get("several") or facts["kind"] == "order"
    forms = f"a list out of {forms}" if several else f"one of {forms}"
    return CHOICE.format(name=name, title=facts["title"], forms=forms)


def spare_names(cells: list) -> None:
    """Comment a start out where later cells need the name that it would take."""
    for place, cell in enumerate(cells):
        if "linreg" not in cell.metadata or cell.source.startswith('program = """'):
            continue  # a program as text takes no name
        names = re.findall(r"^(?:def|class) (\w+)|^(\w+) =", cell.source, re.MULTILINE)
        later = "\n".join(c.source for c in cells[place + 1 :] if c.cell_type == "code")
        if any(re.search(rf"\b{a or b}\b", later) for a, b in names):
            lines = (f"# {line}".rstrip() for line in cell.source.split("\n"))
            cell.source = COMMENTED.format("\n".join(lines))


def portable(app, docname: str, doctree, repository) -> nbformat.NotebookNode | None:
    """Make the notebook of a page; a page without cells has none."""
    env = app.env
    if not any(n.get("nb_element") == "cell_code" for n in doctree.findall(nodes.container)):
        return None
    path = Path(env.doc2path(docname))
    text = path.read_text(encoding="utf-8")
    reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
    site = app.config.html_baseurl
    markdown = Markdown(site, docname, env.toc_fignumbers.get(docname, {}))
    sources = reader.read(text).cells if reader else cells_of(doctree)
    builder = Builder(markdown, sources, app.config.book_solutions)
    # A page's one top section is at level 1.
    builder.walk(doctree, 0)
    warn_of_missing_names(builder, docname)
    for heading, items in (("Notes", markdown.notes), ("References", markdown.cited)):
        if items:
            builder.prose += [f"**{heading}**", "\n\n".join(items)]
    builder.flush()
    spare_names(builder.cells)
    imports = (CHECK_AND_SOLUTION if builder.solutions else CHECK) if builder.checks else ""
    first = introduction(site, docname, builder.cells, repository, imports)
    cells = [*first, *builder.cells]
    notebook = nbformat.v4.new_notebook(cells=number(cells))
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.validate(notebook)
    return notebook


def cells_of(doctree) -> list:
    """Give the cells of a page without a kernel, which keep their source in the doctree."""
    return [
        nbformat.v4.new_code_cell(node["cell_source"], metadata={"tags": node["cell_tags"]})
        for node in doctree.findall(lambda node: "cell_source" in getattr(node, "attributes", ()))
    ]


def warn_of_missing_names(builder: Builder, docname: str) -> None:
    """Warn where a notebook would stop because the cell that defines a name stays out."""
    code = [(i, cell) for i, cell in enumerate(builder.sources) if cell.cell_type == "code"]
    for place, name in missing_names([(cell.source, i in builder.shown) for i, cell in code]):
        first = code[place][1].source.strip().split("\n")[0]
        logger.warning(
            "the cell %r uses %r, which only a removed cell defines: the notebook would stop "
            "there. Define it in a cell that readers see",
            first,
            name,
            location=docname,
        )


def introduction(site: str, docname: str, cells: list, repository, imports: str = "") -> list:
    """Say where the page is, and take care that the package is there."""
    where = f"You can also [read this page on the book's site]({site}{docname}.html)."
    texts = [where] if site else []
    if not repository:
        texts.append(NEEDS_PACKAGE)
    made = [nbformat.v4.new_markdown_cell(" ".join(texts))] if texts else []
    code = [ADDRESS.format(site=site)] if site else []
    if repository and not repository.published:
        code.append(UNPUBLISHED.format(commit=repository.commit[:12], url=repository.url))
    if repository:
        code.append(INSTALL.format(package=repository.package))
    if imports:
        code.append(imports)
    if code:
        made.append(nbformat.v4.new_code_cell("\n\n".join(code)))
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
    """Note what the pages depend on: Sphinx writes them anew when it changes.

    The site's address is the configuration's, else the environment's, else the repository's.
    """
    found = find_repository(os.environ, ROOT)
    config.book_repository = repr(found)
    config.book_solutions = os.environ.get("LINREG_SOLUTIONS") != "no"
    site = config.html_baseurl or os.environ.get("LINREG_BOOK_URL") or (found and found.site) or ""
    config.html_baseurl = site and site.rstrip("/") + "/"


def setup(app):
    """Register with Sphinx."""
    app.add_config_value("book_repository", "", "html", str)
    app.add_config_value("book_solutions", True, "html", bool)
    app.connect("config-inited", remember_repository)
    app.connect("html-page-context", add_notebook, priority=502)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
