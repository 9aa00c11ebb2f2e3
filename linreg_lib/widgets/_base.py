"""What every widget of the book shares: composed sources, a still figure, and the message protocol.

A widget is one ES module and one style sheet. The sources are plain modules, so that each can be
tested on its own; `compose` joins them into the single text that anywidget loads (it loads from a
Blob URL, where relative imports do not resolve).

Protocol between view and kernel (see js/kernel.js for the other side):
    view    {"kind": "hello"}                       -> {"kind": "hello", "engine": "PyTorch 2.13.0"}
    view    {"kind": "ask", "id": 7, **question}    -> {"kind": "reply", "id": 7, **answer}, buffers
                                                    or {"kind": "error", "id": 7, "text": "..."}
                                                    before it, each half second: {"kind": "working"}
A view keeps one question in the air and only its newest one waiting, so no queue builds up here.
"""

import json
import re
import threading
import tomllib
from pathlib import Path

import anywidget
import torch

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\./[^"]+|\.\./[^"]+)";\n', re.MULTILINE)


def compose(name: str) -> str:
    """Join the module `name` (a path below this folder) and all it imports into one text.

    Imports must be named ones with a relative path, `import { a, b } from "./js/x.js";`, without
    `as`. Each module is taken once, after those it imports; import lines and the `export` keyword
    of everything but the last module's `export default` are dropped. Top-level names must
    therefore be unique over the modules of one widget.

    A table of words is imported like a module, and becomes one constant named as its file:
    `import { CHANGES } from "../words/changes.toml";`.
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
    return _without_comments(re.sub(r"/\*.*?\*/\n?", "", text, flags=re.DOTALL))


class BookWidget(anywidget.AnyWidget):
    """Base class of the book's widgets.

    A subclass sets `_esm = compose(...)` and `_css = style(...)`, and overrides `answer` and
    `still`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.on_msg(self._receive)

    def answer(self, question: dict) -> tuple[dict, list]:
        """Answer a view's question: a JSON-able dict and a list of binary buffers."""
        raise NotImplementedError

    def still(self) -> tuple[str, str]:
        """Draw what stands where no script runs: an SVG with title and desc, and its caption."""
        raise NotImplementedError

    def _receive(self, _widget, content, _buffers):
        if content.get("kind") == "hello":
            self.send({"kind": "hello", "engine": f"PyTorch {torch.__version__.split('+')[0]}"})
        if content.get("kind") != "ask":
            return
        head = {"id": content.get("id")}
        done = threading.Event()
        threading.Thread(target=self._tell_of_work, args=(head, done), daemon=True).start()
        try:
            body, buffers = self.answer(content)
        except Exception as error:  # shown in the view: a callback has nowhere else to raise
            self.send({"kind": "error", **head, "text": f"{type(error).__name__}: {error}"})
            return
        finally:
            done.set()
        self.send({"kind": "reply", **head, **body}, buffers)

    def _tell_of_work(self, head, done):
        """Say that an answer is on its way: silence would mean that the kernel has gone."""
        while not done.wait(0.5):
            self.send({"kind": "working", **head})

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        svg, caption = self.still()
        return {**data, "image/svg+xml": svg, "text/plain": caption}, metadata
