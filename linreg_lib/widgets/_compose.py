"""A widget's sources joined: one ES module and one style sheet out of plain files.

The sources are plain modules, so that each can be tested on its own; `compose` joins them into the
single text that anywidget loads (it loads from a Blob URL, where relative imports do not resolve).
The book's build loads this file by itself: it imports nothing of the package.
"""

import json
import re
import tomllib
from pathlib import Path

_JUPYTERS = {"layout", "comm", "tabbable", "tooltip", "keys"}
_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\./[^"]+|\.\./[^"]+)";\n', re.MULTILINE)


def compose(name: str) -> str:
    """Join the module `name` (a path below this folder) and all it imports into one text.

    Imports must be named ones with a relative path, `import { a, b } from "./js/x.js";`, without
    `as`. Each module is taken once, after those it imports; import lines and the `export` keyword
    of everything but the last module's `export default` are dropped. Top-level names must
    therefore be unique over the modules of one widget.

    A table of words is imported like a module, and becomes one constant named as its file:
    `import { CHANGES } from "../words/changes.toml";`. So is a style sheet, as a text:
    `import { CODE_EDITOR_CSS } from "./code_editor.css";`.
    """
    done: dict[Path, str] = {}

    def take(path: Path) -> None:
        if path in done:
            return
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".toml":
            table = json.dumps(tomllib.loads(text), ensure_ascii=False, separators=(",", ":"))
            done[path] = f"const {path.stem.upper()} = {table};\n"
            return
        if path.suffix == ".css":
            sheet = json.dumps(_without_css_comments(text), ensure_ascii=False)
            done[path] = f"const {path.stem.upper()}_CSS = {sheet};\n"
            return
        done[path] = ""  # holds the place, so that a cycle of imports ends
        for names, target in _IMPORT.findall(text):
            if " as " in names:
                raise ValueError(f"{path.name}: 'as' in an import cannot be composed. Rename it.")
            take((path.parent / target).resolve())
        text = _IMPORT.sub("", text)
        if left := re.search(r"^import .*", text, re.MULTILINE):
            raise ValueError(
                f"{path.name}: cannot compose {left[0]!r}. "
                'Write import { name } from "./file.js"; on its own.'
            )
        del done[path]
        done[path] = re.sub(r"^export (?!default)", "", text, flags=re.MULTILINE)

    take((_HERE / name).resolve())
    return _without_comments("\n".join(done.values()))


def _without_comments(text: str) -> str:
    """Drop comment lines and indentation: every page with a widget carries this text.

    Only whole lines are dropped; a module must not write such a line inside a string.
    """
    return re.sub(r"^[ \t]*(//.*)?\n|^[ \t]+", "", text, flags=re.MULTILINE)


def style(*names: str) -> str:
    """Join the shared style sheet, `css/base.css`, and the widget's own."""
    text = "\n".join((_HERE / part).read_text("utf-8") for part in ("css/base.css", *names))
    return _without_css_comments(text)


def _without_css_comments(text: str) -> str:
    return _without_comments(re.sub(r"/\*.*?\*/\n?", "", text, flags=re.DOTALL))


def as_classic_script(esm: str, name: str, register: str = "linregWidget") -> str:
    """Wrap a module into a classic script: browsers load no module from disk (file://).

    The script calls `register(name, factory)`; the factory gives the module's default export.
    """
    body, count = re.subn(r"^[ \t]*export default\b", "return", esm, flags=re.MULTILINE)
    left = re.search(r"^[ \t]*(import|export)\b.*", body, re.MULTILINE)
    if count != 1 or left:
        line = left[0] if left else "no `export default`"
        raise ValueError(f"a widget's module has one `export default` and no import; got: {line}")
    return f'{register}("{name}", function () {{\n"use strict";\n{body}\n}});\n'


def own_traits(state: dict) -> dict:
    """Give of a widget's state what its module reads; the rest is for Jupyter's own front end."""
    return {k: v for k, v in state.items() if not k.startswith("_") and k not in _JUPYTERS}


def state_in_page(state: dict) -> str:
    """Write state so that it can stand in a page's script element.

    No nan in here: ipykernel warns about it on stderr, and that fails the book's build.
    """
    text = json.dumps(state, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", r"\u003c")
