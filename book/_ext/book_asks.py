"""Answers on the page: what an `{exercise}` with `:check: name` asks for, and what it then tells.

`linreg_lib/exercises/<name>/` is an exercise's home. The form of the answer goes where the exercise
is; for numbers, choices and orders the page gets what a known answer is told, and the script
(book/_assets/ask.js) does the rest without Python. For code, the start and the solutions become a
file of their own, which is fetched when a reader begins to write.
"""

import hashlib
import json
import tomllib
from pathlib import Path

from book_execution import package_dir
from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)

SCRIPTS = {"order": "ask-order.js"}


class asked(nodes.General, nodes.Element):
    """The form of one answer: `name`, `facts` (of its exercise.toml), `start` for code."""


class UnknownExercise(Exception):
    """There is no exercise of this name."""


def ask(env, name: str, titled: bool = False) -> asked:
    """Make the node of an exercise's answer, with its title where there are several."""
    folder = package_dir() / "exercises" / name
    path = folder / "exercise.toml"
    if not path.is_file():
        raise UnknownExercise(f"no exercise {name!r} in linreg_lib/exercises")
    env.note_dependency(str(path))
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    node = asked("", name=name, facts=facts, start="", solutions=[])
    if titled:
        node += nodes.paragraph("", "", *marked(facts["title"]), classes=["ask-title"])
    if facts["kind"] == "code":
        files = [folder / "start.py", *sorted(folder.glob("right_*.py"))]
        for file in files:
            env.note_dependency(str(file))
        start, *solutions = (file.read_text(encoding="utf-8").rstrip() for file in files)
        node["start"], node["solutions"] = start, solutions
        node["editable"] = True  # book_editing
        block = nodes.literal_block(start, start, language="python", classes=["ask-start"])
        node += block
    else:
        texts = [one["text"] for _, one in choices(facts)]
        texts += facts.get("lines", {}).values()
        kind = nodes.enumerated_list if facts["kind"] == "order" else nodes.bullet_list
        if texts:
            node += kind("", *(_item(text) for text in texts))
    return node


def choices(facts: dict) -> list[tuple[str, dict]]:
    """Give the options by key in the order of the page.

    Of those that exclude each other the right one often comes first to an author's mind: they are
    shuffled, the same texts always in the same way.
    """
    rows = list(facts.get("choices", {}).items())
    if not facts.get("several"):
        rows.sort(key=lambda row: hashlib.sha256(row[1]["text"].encode()).digest())
    return rows


def _item(text: str) -> nodes.list_item:
    return nodes.list_item("", nodes.paragraph("", "", *marked(text)))


def marked(text: str) -> list:
    """Words with code between backticks, as nodes."""
    parts = enumerate(text.split("`"))
    return [nodes.literal(part, part) if i % 2 else nodes.Text(part) for i, part in parts if part]


def told(facts: dict, name: str) -> str:
    """Give what a known mistake is told."""
    mistake = facts["mistakes"][name]
    return " ".join(mistake[part] for part in ("did", "why") if part in mistake)


def knowledge(facts: dict, address) -> dict:
    """Give what the page must know to judge an answer; `address` makes one relative to it."""
    mistakes = facts.get("mistakes", {})
    right = facts.get("right", {})
    known = {
        "kind": facts["kind"],
        "title": facts["title"],
        "address": address(facts["address"]),
        "hints": facts.get("hints", []),
        "passed": facts.get("passed") or right.get("why", ""),
    }
    if facts["kind"] == "number":
        known["right"] = _range(right)
        known["mistakes"] = [
            _range(row) | {"told": told(facts, n)}
            for n, row in mistakes.items()
            if "value" in row or "range" in row
        ]
        known["unknown"] = facts.get("unknown", {}).get("value", "")
    elif facts["kind"] == "choice":
        known["several"] = facts.get("several", False)
        known["choices"] = [
            {
                "key": key,
                "right": bool(one.get("right")),
                "told": _about(one, told(facts, one["mistake"])) if "mistake" in one else "",
                "missing": _about(one, told(facts, one["missing"])) if "missing" in one else "",
            }
            for key, one in choices(facts)
        ]
    elif facts["kind"] == "order":
        keys = list(facts["lines"])
        known["mistakes"] = [
            {
                "before": [[keys.index(one) for one in pair] for pair in row["before"]],
                "told": told(facts, n),
            }
            for n, row in mistakes.items()
        ]
    return known


def _about(choice: dict, text: str) -> str:
    return text.replace("{answer}", choice["text"])


def _range(row: dict) -> dict:
    """Give the numbers from and to which something is meant."""
    if "range" in row:
        low, high = row["range"]
    else:
        low, high = row["value"] - row["tolerance"], row["value"] + row["tolerance"]
    return {"low": low, "high": high}


def add_knowledge(app, pagename, templatename, context, doctree) -> None:
    """Give a page with exercises what it must know, and the scripts for their kinds."""
    app.add_js_file("answers.js", loading_method="defer")
    questions = [] if doctree is None else list(doctree.findall(asked))
    predictions = doctree is not None and any(
        "predict" in node.get("classes", ()) for node in doctree.findall(nodes.Admonition)
    )
    if not questions and not predictions:
        return
    app.add_css_file("ask.css")
    app.add_js_file("ask.js", loading_method="defer")

    def address(of_root: str) -> str:
        page, _, anchor = of_root.partition("#")
        uri = app.builder.get_relative_uri(pagename, page.removesuffix(".html"))
        return uri + (f"#{anchor}" if anchor else "")

    kinds = {node["facts"]["kind"] for node in questions}
    for kind in sorted(kinds.intersection(SCRIPTS)):
        app.add_js_file(SCRIPTS[kind], loading_method="defer")
    known = {node["name"]: knowledge(node["facts"], address) for node in questions}
    for node in questions:
        if node["facts"]["kind"] == "code":
            known[node["name"]]["file"] = write_code(app, node)
    body = json.dumps(known, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")
    app.add_js_file(None, body=body, type="application/json", id="linreg-asks")


def write_code(app, node) -> str:
    """Write what a reader needs who begins to write; give the file's name below _static."""
    name = f"exercises/{node['name']}.js"
    path = Path(app.outdir, "_static", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {"start": node["start"], "solutions": node["solutions"]}
    body = json.dumps(known, ensure_ascii=False)
    path.write_text(f'linregAsk.code("{node["name"]}", {body});\n', encoding="utf-8")
    return name


def _visit(self, node):
    # Where code is checked, the page needs its own Python (book_inpage).
    python = {"data-python": ""} if node["facts"]["kind"] == "code" else {}
    label = node["facts"]["title"].replace("`", "")
    attributes = {"data-ask": node["name"], "role": "group", "aria-label": label, **python}
    self.body.append(self.starttag(node, "div", CLASS="ask", **attributes))


def _depart(self, node):
    self.body.append("</div>\n")


def _pass(self, node):
    pass


def setup(app):
    """Register with Sphinx."""
    app.add_node(asked, html=(_visit, _depart), latex=(_pass, _pass), text=(_pass, _pass))
    app.connect("html-page-context", add_knowledge, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
