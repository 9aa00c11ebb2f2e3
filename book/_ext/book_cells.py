"""Cells that run in the build's own process, for pages that need no kernel of their own.

    ```{cell}
    print(1 + 1)
    ```

A page's cells share their names. Options: `:hidden:` (a check: nothing is shown), `:output:` (what
comes out of it, without the code), `:notebook:` (shown in the notebook alone, such as imports).
Shown are what a cell prints and the value of its last line; a widget works on the page as one from
a kernel does. A cell that fails or warns fails the build.

The portable notebook finds the cells by what `book_notebooks` needs of them: `cell_index`,
`cell_source` and `cell_tags`.
"""

import ast
import contextlib
import io
import linecache
import sys
import warnings
from pathlib import Path

from book_execution import line_of, package_dir
from book_widgets import widget_mount
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)


class Cell(SphinxDirective):
    """`{cell}`, with the options `hidden` and `output`."""

    has_content = True
    option_spec = dict.fromkeys(("hidden", "output", "notebook"), directives.flag)

    def run(self):
        """Run the cell and show it."""
        source = "\n".join(self.content)
        if "cell_failed" in self.env.temp_data:  # the cells below would fail for want of its names
            return []
        try:
            printed, value = execute(source, page_names(self.env), self.env.docname)
        except CellError as error:
            text = Path(self.env.doc2path(self.env.docname)).read_text(encoding="utf-8")
            first = line_of(text, source, self.lineno) or self.lineno
            place = (self.env.docname, first + error.line)
            logger.error("a cell failed: %s", error, location=place)
            self.env.temp_data["cell_failed"] = self.env.app.cells_failed = True
            return []
        if "hidden" in self.options:
            return [nodes.comment("", "", **in_notebook(self.env, source, "remove-cell"))]
        if "notebook" in self.options:
            attributes = in_notebook(self.env, source)
            return [nodes.comment("", "", nb_element="cell_code", **attributes)]
        hide = "output" in self.options
        return [shown(self, source, printed, value, "remove-input" if hide else "")]


def stop_if_failed(app, env) -> None:
    """End the build where a cell failed, once all pages have been read."""
    if getattr(app, "cells_failed", False):
        raise ExtensionError("cells failed; the errors are above")


class CellError(Exception):
    """A cell failed: what Python says, and in which of its lines."""

    def __init__(self, text: str, line: int):
        super().__init__(text)
        self.line = line


def page_names(env) -> dict:
    """Give the names that the cells of the page being read share."""
    if "cell_names" not in env.temp_data:
        prepare()
        env.temp_data["cell_names"] = {"__name__": "__main__"}
    return env.temp_data["cell_names"]


def prepare() -> None:
    """Make the package importable, and what is drawn or summed the same at each build."""
    root = str(package_dir().parent)
    if root not in sys.path:
        sys.path.insert(0, root)
    import torch  # takes a second: only where a page needs it

    torch.manual_seed(0)
    torch.set_num_threads(1)


def execute(source: str, names: dict, page: str) -> tuple[str, object]:
    """Run a cell: what it printed, and the value of its last line if that is an expression."""
    filename = f"<a cell of {page}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    printed, value = io.StringIO(), None
    try:
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("error")
            exec(compile(tree, filename, "exec"), names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), filename, "eval"), names)
    except Exception as error:
        line, trace = 1, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == filename:
                line = trace.tb_lineno
            trace = trace.tb_next
        raise CellError(f"{type(error).__name__}: {error}", line) from error
    return printed.getvalue(), value


def in_notebook(env, source: str, *tags: str) -> dict:
    """Give the attributes by which the portable notebook takes a cell in."""
    index = env.temp_data["cells"] = env.temp_data.get("cells", -1) + 1
    return {
        "cell_index": index,
        "cell_source": source.strip("\n"),
        "cell_tags": [tag for tag in tags if tag],
    }


def shown(directive, source: str, printed: str, value, *tags: str) -> nodes.container:
    """Make the nodes of a cell, as myst-nb makes those of a cell from a kernel."""
    attributes = in_notebook(directive.env, source, *tags)
    cell = nodes.container("", nb_element="cell_code", classes=["cell"], **attributes)
    if "remove-input" not in tags:
        block = nodes.literal_block(source, source, language="ipython3")
        directive.set_source_info(block)
        cell += nodes.container("", block, nb_element="cell_code_source", classes=["cell_input"])
    outputs = []
    if printed.strip():
        text = printed.rstrip("\n")
        outputs.append(
            nodes.literal_block(text, text, language="none", classes=["output", "stream"])
        )
    if hasattr(value, "still"):
        outputs.append(mount(directive.env, value))
    elif value is not None:
        text = repr(value)
        outputs.append(
            nodes.literal_block(text, text, language="none", classes=["output", "text_plain"])
        )
    if outputs:
        cell += nodes.container(
            "", *outputs, nb_element="cell_code_output", classes=["cell_output"]
        )
    directive.set_source_info(cell)
    return cell


def mount(env, widget) -> widget_mount:
    """Take a widget's state for the page, and its still figure for where no script runs."""
    number = env.temp_data["mounts"] = env.temp_data.get("mounts", 0) + 1
    svg, caption = widget.still()
    state = widget.get_manager_state(widgets=[widget])["state"][widget.model_id]
    widget.close()
    wide = getattr(widget, "wide", False)
    return widget_mount("", widget=f"w{number}", svg=svg, caption=caption, wide=wide, state=state)


def setup(app):
    """Register with Sphinx."""
    app.add_directive("cell", Cell)
    app.connect("env-updated", stop_if_failed, priority=1)  # before Sphinx keeps what it has read
    return {"parallel_read_safe": True, "parallel_write_safe": True}
