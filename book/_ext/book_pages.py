"""What every page has: a place in the contents, a description of its own, words for its pictures.

The description comes from the front matter (`description: ...`), the words from the cell
(`mystnb: image: alt: ...`) or the directive; a build warns, and so fails, where one is missing.
"""

import re
from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.util import logging

logger = logging.getLogger(__name__)


def note_patterns(app, config) -> None:
    """Remember what is left out on purpose, before the contents leave out all that they lack."""
    config.book_left_out = list(config.exclude_patterns)


def check_contents(app, env) -> None:
    """Warn about each page that `_toc.yml` forgets, below the folders that it names."""
    folders = {name.split("/")[0] if "/" in name else "" for name in env.found_docs}
    for file in sorted(set(app.config.exclude_patterns) - set(app.config.book_left_out)):
        if (file.split("/")[0] if "/" in file else "") in folders:
            logger.warning("this page is not in _toc.yml", location=f"{app.srcdir}/{file}:1")


def check_descriptions(app, env) -> None:
    """Warn (an error under -W) about each page without a description."""
    for docname in sorted(env.found_docs):
        if not env.metadata[docname].get("description"):
            logger.warning(
                "the front matter has no description: write one sentence", location=docname
            )


def check_pictures(app, doctree, docname) -> None:
    """Warn about each picture without alternative text."""
    for image in doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            logger.warning(
                "a picture without alternative text: write its alt", location=place(image)
            )


def place(node) -> nodes.Node:
    """Give the nearest node that knows its line: the node itself, or one that it stands in."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node


def join_names(app, what, name, obj, options, lines) -> None:
    """Let one line document two names, "w, b: text": napoleon would take the first for a type."""
    lines[:] = [re.sub(r"^(\s+\w+), (\w+: )", r"\1,\2", line) for line in lines]


def adjust_theme(app, config) -> None:
    """Write the title beside the logo; add no header with a second search field."""
    config.html_theme_options["logo"] = {"text": config.html_title}
    config.html_theme_options["navbar_persistent"] = []


def number_nothing(app, config) -> None:
    """Number no figures, which Jupyter Book turns on: each build would open all pages for it."""
    config.numfig = False


def visit_fold(self, node) -> None:
    """Begin a folded cell: its summary's name is its text, which myst-nb's own is not."""
    classes = " ".join(["admonition", "hide", *node["classes"]])
    titles = "".join(
        f'<span class="{state} admonition-title">{escape(node[prompt])}</span>'
        for state, prompt in (("collapsed", "prompt_show"), ("expanded", "prompt_hide"))
    )
    self.body.append(f'<details class="{classes}">\n<summary>{titles}</summary>\n')


def depart_fold(self, node) -> None:
    """End it."""
    self.body.append("</details>\n")


def write_in_parallel(app, env) -> None:
    """Let one more process write pages while this one resolves the next (Jupyter Book has no -j).

    Not before: pages are read in one process, which keeps PyTorch and what cells have found.
    """
    app.parallel = 2


def setup(app):
    """Register with Sphinx."""
    app.add_config_value("book_left_out", [], "", list)
    app.add_node(HideCodeCellNode, override=True, html=(visit_fold, depart_fold))
    app.connect("config-inited", adjust_theme)
    app.connect("config-inited", number_nothing, priority=950)
    app.connect("config-inited", note_patterns, priority=899)  # _toc.yml is read at 900
    app.connect("env-check-consistency", check_contents)
    app.connect("env-check-consistency", write_in_parallel)
    app.connect("autodoc-process-docstring", join_names, priority=1)
    app.connect("env-check-consistency", check_descriptions)
    app.connect("doctree-resolved", check_pictures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
