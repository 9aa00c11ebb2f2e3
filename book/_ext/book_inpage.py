"""The page's own Python: its files in the site, and its script on the pages that run programs.

A page gets the script (book/_assets/inpage.js) when it shows a stepper, when a node of it says
`runs_programs=True`, or when its HTML has the attribute `data-python`. The files, named by their
content, are copied when the first such page is written: Pyodide from its cache (inpage_pyodide),
and the package with the miniature (`inpage/`).
Where Pyodide cannot be had, one printed line says so, and the pages show what they show today.
"""

import base64
import gzip
import hashlib
import json
import re
from html import escape
from pathlib import Path

from book_execution import package_dir
from book_widgets import page_state, widget_mount
from docutils import nodes
from inpage_pyodide import LIBRARY, MODULES, NOTICE, ROOT, VERSION, Missing, pyodide

INPAGE = ROOT / "inpage"
MARK = "data-python"
FOLDER = Path("_static", "python")
# Of the package, what a page's Python does without: it draws nothing and shows no widget.
LEFT_OUT = ("linreg_lib/widgets/", "linreg_lib/claims/", "linreg_lib/plots.py")
SUFFIXES = {".py", ".toml"}


def sources() -> dict[str, str]:
    """Give the package, the miniature and the page's functions: text by path."""
    package = package_dir()
    files = [(package.parent, path) for path in package.rglob("*")]
    files += [(INPAGE, path) for path in (INPAGE / "torch").rglob("*")]
    files.append((INPAGE, INPAGE / "page.py"))
    texts = {}
    for root, path in files:
        name = path.relative_to(root).as_posix()
        if path.suffix in SUFFIXES and not name.startswith(LEFT_OUT):
            texts[name] = path.read_text(encoding="utf-8")
    return texts


def keep(folder: Path, name: str, body: bytes) -> list:
    """Write a file under its name and the hash of its content; give its new name and its size.

    No server takes `.bin` for a compressed text to be unpacked on the way.
    """
    suffix = ".js" if name.endswith(".js") else ".bin"
    stem = name.removesuffix(".js")
    named = f"{stem}-{hashlib.sha256(body).hexdigest()[:16]}{suffix}"
    (folder / named).write_bytes(body)
    return [named, len(body)]


def install(site: Path) -> dict | None:
    """Copy all files into the site; give what the script must know, or None without Pyodide."""
    folder = site / FOLDER
    try:
        kept = pyodide()
    except Missing as missing:
        print(f"Programs will not run in the pages: Pyodide {VERSION} cannot be had ({missing}).")
        return None
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.iterdir())
    files = {name: keep(folder, name, (kept / name).read_bytes()) for name in (*MODULES, LIBRARY)}
    texts = json.dumps(sources(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    files["book"] = keep(folder, "book", gzip.compress(texts.encode(), 9, mtime=0))
    worker, _ = keep(folder, "worker.js", (INPAGE / "worker.js").read_bytes())
    disk, _ = keep(folder, "disk.js", for_disk(folder, worker, files))
    (folder / NOTICE).write_bytes((kept / NOTICE).read_bytes())
    now = {folder / name for name in (worker, disk, NOTICE, *(name for name, _ in files.values()))}
    for path in before - now:
        path.unlink()
    return {"worker": worker, "disk": disk, "files": files}


def for_disk(folder: Path, worker: str, files: dict) -> bytes:
    """Put all files into one script: a page that was opened from disk may load nothing else."""
    bodies = {
        name: base64.b64encode((folder / named).read_bytes()).decode()
        for name, (named, _) in files.items()
    }
    content = {"worker": (folder / worker).read_text(encoding="utf-8"), "files": bodies}
    return f"linregPython.fromDisk({json.dumps(content, sort_keys=True)});\n".encode()


def runs_programs(app, pagename, context, doctree) -> bool:
    """Tell whether a page shows programs that a reader may run."""
    if MARK in context.get("body", ""):
        return True
    if doctree is None:
        return False
    if any(node.get("runs_programs") for node in doctree.findall(nodes.Element)):
        return True
    states = page_state(app.env, pagename)
    mounts = doctree.findall(widget_mount)
    models = (mount.get("state") or states.get(mount["model"], {}) for mount in mounts)
    return any("recordings" in model.get("state", {}) for model in models)


def add_script(app, pagename, templatename, context, doctree) -> None:
    """Give a page that runs programs the script, and the site the files."""
    if not runs_programs(app, pagename, context, doctree):
        return
    if not hasattr(app, "linreg_python"):
        app.linreg_python = install(Path(app.outdir))
    plan = app.linreg_python
    given = {"data-python": json.dumps(plan, separators=(",", ":"))} if plan else {}
    app.add_js_file("inpage.js", loading_method="defer", priority=400, **given)


def renew(app, error) -> None:
    """Name the new files on the pages too that this build did not write."""
    # Pages may have been written by other processes: what these know is not known here.
    if error or app.builder.format != "html" or not Path(app.outdir, FOLDER).is_dir():
        return
    plan = install(Path(app.outdir))
    if not plan:
        return
    given = f'data-python="{escape(json.dumps(plan, separators=(",", ":")))}"'
    for path in Path(app.outdir).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        renewed = re.sub(r'data-python="\{[^"]*"', lambda _: given, text)
        if renewed != text:
            path.write_text(renewed, encoding="utf-8")


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", add_script, priority=890)
    app.connect("build-finished", renew)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
