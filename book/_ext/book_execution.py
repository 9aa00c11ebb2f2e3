"""Run the chapters that changed, several at a time, while Sphinx reads the pages without a kernel.

myst-nb runs a chapter when it reads it, one after another, and keys its cache on the cells alone.
Here the uncached chapters run in parallel into the same cache, whose path carries a hash of all
that a chapter's outputs depend on besides its cells: an edit of `linreg_lib` runs them anew.
"""

import hashlib
import os
import re
import shutil
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import forked_kernels
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from sphinx.errors import ExtensionError
from sphinx.util import logging

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
ANSI = re.compile(r"\x1b\[[0-9;]*m")  # colours in a traceback
# Settings that reach the pixels and digits of an output; the kernels run with them.
KERNEL_ENV = {
    "OMP_NUM_THREADS": "1",  # the kernels share the cores; sums do not depend on the machine's
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "0",
    "LINREG_STILLS": "inside",  # a page takes a widget's still from the widget's own output
    "LINREG_BOOK_URL": "",  # hints in outputs are the same wherever the book is built
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as a kernel sets it, only late
    "MATPLOTLIBRC": str(Path(__file__).with_name("matplotlibrc")),
}
KERNEL_ARGUMENTS = [
    "--log-level=ERROR",
    "--InlineBackend.figure_formats={'svg'}",
    # What a chapter draws without a generator is the same at each build (no name is left behind).
    "--IPKernelApp.exec_lines=[\"__import__('torch').manual_seed(0);\"]",
]


def package_dir() -> Path:
    """Give the folder of the package that chapters import (tests point it elsewhere)."""
    return Path(os.environ.get("LINREG_LIB_ROOT", ROOT)) / "linreg_lib"


def fingerprint() -> str:
    """Hash what outputs depend on besides the cells: the package, the settings, the versions.

    The tables of words, the pitfalls' sentences and the exercises stay out: no chapter's cell uses
    them, and the pages that quote them name them as their dependencies. Words that are part of a
    widget's module count: outputs hold it.
    """
    digest = hashlib.sha256()
    root = package_dir()
    modules = "".join(path.read_text(encoding="utf-8") for path in root.glob("widgets/**/*.js"))
    quoted = {path for path in root.glob("words/*.toml") if path.name not in modules}
    quoted |= {*root.glob("pitfalls/**/*.toml"), *root.glob("exercises/**/*")}
    files = {p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts} - quoted
    named = {path.relative_to(root).as_posix(): path for path in files}
    named |= {path.name: path for path in (Path(KERNEL_ENV["MATPLOTLIBRC"]), Path(__file__))}
    for name, path in sorted(named.items()):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name in ("python", "torch", "matplotlib", "anywidget", "ipykernel"):
        number = sys.version if name == "python" else version(name)
        digest.update(f"{name} {number}\n".encode())
    return digest.hexdigest()[:16]


def choose_cache(app, config) -> None:
    """Point myst-nb at this fingerprint's cache and remove the caches of earlier ones."""
    home = Path(app.outdir).parent / ".jupyter_cache"
    cache = home / fingerprint()
    if home.is_dir():
        for old in home.iterdir():
            if old != cache:
                shutil.rmtree(old) if old.is_dir() else old.unlink()
    if not cache.is_dir():
        # Sphinx knows nothing of the package: make it read every chapter again.
        shutil.rmtree(app.doctreedir, ignore_errors=True)
    cache.mkdir(parents=True, exist_ok=True)
    config.nb_execution_cache_path = str(cache)


@dataclass(frozen=True)
class Failure:
    """A chapter that could not be run: the cell (by its place), what it says, how it came about."""

    cell: int
    message: str
    traceback: str


def kernel_environment() -> dict:
    """Give the environment of the kernels."""
    path = os.pathsep.join(p for p in (str(package_dir().parent), os.getenv("PYTHONPATH")) if p)
    return {**os.environ, **KERNEL_ENV, "PYTHONPATH": path}


def run_chapter(notebook, folder: Path, timeout: int, manager) -> Failure | None:
    """Run a notebook in a kernel of its own; tell if a cell failed."""
    failure = None
    for _ in range(2):  # a kernel may lose a race for its ports and not start: once more, then
        started = [0]
        client = NotebookClient(
            notebook,
            timeout=timeout,
            kernel_manager_class=manager,
            resources={"metadata": {"path": str(folder)}},
            extra_arguments=list(KERNEL_ARGUMENTS),
            coalesce_streams=True,  # what is printed may come in pieces (myst-nb would part them)
            record_timing=False,  # times in the cells' metadata would change their hash
            shutdown_kernel="immediate",  # the polite way costs 3 s a chapter
            on_cell_start=lambda cell, cell_index, seen=started: seen.append(cell_index),
        )
        try:
            client.execute(env=kernel_environment())
        except RuntimeError as error:
            failure = Failure(started[-1], str(error), traceback.format_exc())
        except CellExecutionError as error:
            message = f"{error.ename}: {error.evalue}".splitlines()[0].removesuffix(": ")
            return Failure(started[-1], message, error.traceback)
        except Exception as error:
            message = f"{type(error).__name__}: {error}"
            return Failure(started[-1], message, traceback.format_exc())
        else:
            return None
    return failure


def line_of(text: str, source: str, start: int) -> int | None:
    """Find a cell's first line (0-based) in its chapter, at `start` or below: options may precede.

    Gives None where the source does not stand in the text as it is.
    """
    lines, body = text.split("\n"), source.split("\n")
    places = range(start, len(lines) - len(body) + 1)
    return next((i for i in places if lines[i : i + len(body)] == body), None)


def failing_line(text: str, notebook, failure: Failure) -> int:
    """Find the line of the chapter (1-based) in which the cell failed, else the cell's first."""
    fence = notebook.metadata["source_map"][failure.cell]
    first = line_of(text, notebook.cells[failure.cell].source, fence)
    if first is None:
        return fence
    # The first frame of the traceback is the cell's own; functions of other cells come below.
    frame = re.search(r"Cell In\s*\[\d+\], line (\d+)", ANSI.sub("", failure.traceback))
    return first + (int(frame[1]) if frame else 1)


def start_uncached(app, env, docnames) -> None:
    """Start the chapters to be read that have no outputs in the cache; put them last in `docnames`.

    The pages that need no kernel are read while the kernels run.
    """
    config = env.mystnb_config
    if config.execution_mode != "cache":
        return
    cache = get_cache(config.execution_cache_path)
    waiting = []
    for docname in docnames:
        path = Path(env.doc2path(docname))
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), env.myst_config, config, text)
        if reader is None:
            continue
        notebook = reader.read(text)
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            waiting.append((len(text), docname, path, notebook))
    if not waiting:
        return
    waiting.sort(key=lambda one: one[:2], reverse=True)  # a long text tends to run long: first
    logger.info("running %d chapters: %s", len(waiting), ", ".join(one[1] for one in waiting))
    manager = app.kernels.enter_context(forked_kernels.manager(kernel_environment()))
    pool = ThreadPoolExecutor(max_workers=os.cpu_count())
    for _, docname, path, notebook in waiting:
        run = pool.submit(run_chapter, notebook, path.parent, config.execution_timeout, manager)
        app.chapters_running[docname] = (path, notebook, run)
    pool.shutdown(wait=False)
    docnames.sort(key=lambda docname: (docname in app.chapters_running, docname))


def await_chapter(app, docname, source) -> None:
    """Wait for a chapter that is about to be read, and keep its outputs in the cache."""
    if docname not in app.chapters_running:
        return
    path, notebook, run = app.chapters_running[docname]
    if run.result() is not None:
        report_failures(app)
    cache = get_cache(app.env.mystnb_config.execution_cache_path)
    bundle = CacheBundleIn(notebook, str(path))
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def report_failures(app) -> None:
    """Wait for all chapters, name each cell that failed with its line, and end the build."""
    failed = []
    for docname, (path, notebook, run) in sorted(app.chapters_running.items()):
        failure = run.result()
        if failure is not None:
            failed.append(docname)
            logger.info("%s", failure.traceback)
            line = failing_line(path.read_text(encoding="utf-8"), notebook, failure)
            logger.error("a cell failed: %s", failure.message, location=(docname, line))
    raise ExtensionError(f"cells failed in {', '.join(failed)}; the errors are above")


def forget_chapters(app, error) -> None:
    """Start none of the chapters that still wait when a build ends early."""
    for _, _, run in app.chapters_running.values():
        run.cancel()
    app.kernels.close()


def setup(app):
    """Register with Sphinx; let autodoc, in this process, import the package as kernels do."""
    sys.path.insert(0, str(package_dir().parent))
    app.chapters_running, app.kernels = {}, ExitStack()
    app.connect("config-inited", choose_cache, priority=900)
    app.connect("env-before-read-docs", start_uncached)
    app.connect("source-read", await_chapter, priority=1)
    app.connect("build-finished", forget_chapters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
