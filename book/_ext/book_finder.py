"""The finder: from a pasted message to the pages that explain it, in the reader's browser.

    ```{finder}
    ```

The directive leaves a place for the box (book/_assets/finder.js); the search page and the page
for addresses that lead nowhere have the finder too. What it knows comes from the pitfalls' own
tables and is one more file of the site.
"""

import json
import re
import tomllib
from pathlib import Path

from book_execution import package_dir
from book_other_errors import PAGE, add_to_finder
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

DATA = "finder-data.js"
SCRIPTS = ("find-message.js", DATA, "finder.js")
NOT_FOUND = "404"
NOT_FOUND_TITLE = "There is no page at this address"
NOT_FOUND_BODY = """\
<section>
<h1>{title}</h1>
<p>It may have moved, or the link has a slip in it. Begin at <a class="reference" href="{start}">the
first page</a>, or <a class="reference" href="search.html">search the book</a>. If a message brought
you here, paste it:</p>
{box}
</section>
"""
# Without JavaScript there is no finder, and these words stay.
BOX = '<div class="linreg-finder"><p>{without}</p></div>\n'
WITHOUT = "With JavaScript, a box here finds the page of a message that you paste."


class finder(nodes.General, nodes.Element):
    """The place of the box."""


class Finder(SphinxDirective):
    """`{finder}`."""

    def run(self):
        """Leave the place."""
        node = finder()
        self.set_source_info(node)
        return [node]


def tables(package: Path) -> tuple[dict, list]:
    """Read the pitfalls' tables, by name and in the book's order, and those of their families.

    The files are read and the package is not imported: that would take 2 s of every build.
    """
    folder = package / "pitfalls"

    def table(path: Path) -> dict:
        return tomllib.loads(path.read_text(encoding="utf-8"))

    names = [name for topic in table(folder / "topics.toml").values() for name in topic]
    pitfalls = {name: table(folder / name / "pitfall.toml") for name in names}
    return pitfalls, table(folder / "families.toml")["family"]


def knowledge(pitfalls: dict, families: list, addresses: dict[str, str]) -> dict:
    """Give what the browser needs of the pitfalls that have an address."""
    pages, messages = [], {}
    said = {row["text"] for facts in pitfalls.values() for row in facts.get("messages", ())}
    for name, facts in pitfalls.items():
        if name not in addresses:
            continue
        seen = [row["sees"] for row in families if name in row.get("members", ())]
        # Who has a message will paste it; who has none, describes.
        about = [facts["title"], facts["mistake"], *seen] if seen or "sign" in facts else []
        for row in facts.get("messages", ()):
            key = row["type"], row["text"], row.get("versions", "")
            messages.setdefault(key, []).append(len(pages))
        for row in facts.get("lookalikes", ()):  # what one gets who takes them for the cure
            if "message" in row and not any(text.startswith(row["message"]) for text in said):
                messages.setdefault(("", row["message"], ""), []).append(len(pages))
        page = {"at": addresses[name], "title": facts["mistake"], "apart": facts["tells_apart"]}
        page |= {"about": " ".join(about).replace("`", "")}
        page |= {"heading": facts["title"], "code": facts.get("code", [])}
        pages.append(page)
    return {
        "pages": pages,
        "messages": [
            {"type": type_, "text": text, "versions": versions, "pages": places}
            for (type_, text, versions), places in messages.items()
        ],
        "families": [
            {"says": row["says"], "ask": row["ask"], "members": members(row["says"], messages)}
            for row in families
            if row.get("says") and row.get("ask")
        ],
    }


def members(says: list[str], messages: dict) -> list[int]:
    """Give the places of the pages with a message that begins in one of these ways."""
    found = {place for key in messages if key[1].startswith(tuple(says)) for place in messages[key]}
    return sorted(found)


def write_data(app, env) -> None:
    """Write what the finder knows into the site, for the pages that this book has."""
    if app.builder.format != "html":
        return
    addresses = {
        name.rsplit("/", 1)[-1]: f"{name}.html"
        for name in env.found_docs
        if name.startswith("book/pitfalls/")
    }
    known = knowledge(*tables(package_dir()), addresses)
    if PAGE in env.found_docs:
        add_to_finder(known)
    body = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    path = Path(app.outdir, "_static", DATA)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"var linregPages = {body};\n", encoding="utf-8")


def add_scripts(app, pagename, templatename, context, doctree) -> None:
    """Load the finder where there is one."""
    if pagename in ("search", NOT_FOUND) or (doctree and any(doctree.findall(finder))):
        for name in SCRIPTS:
            app.add_js_file(name, loading_method="defer")


def make_not_found(app):
    """Give the page that a server shows for an address that leads nowhere."""
    box = BOX.format(without=WITHOUT)
    start = app.builder.get_relative_uri(NOT_FOUND, app.config.root_doc)
    body = NOT_FOUND_BODY.format(title=NOT_FOUND_TITLE, start=start, box=box)
    yield NOT_FOUND, {"title": NOT_FOUND_TITLE, "body": body}, "page.html"


def from_the_root(text: str, root: str) -> str:
    """Let the relative addresses of a page begin at the site's root, wherever it is shown."""
    text = re.sub(r'(\s(?:href|src)=")(?![#/]|[a-z]+:)', rf"\g<1>{root}", text)
    return text.replace('data-content_root="./"', f'data-content_root="{root}"')


def place_not_found(app, error) -> None:
    """Make the page independent of the depth of the address at which it is shown."""
    path = Path(app.outdir, f"{NOT_FOUND}.html")
    site = app.config.html_baseurl
    if error or app.builder.format != "html" or not site:
        return
    root = "/" + site.split("://", 1)[-1].partition("/")[2]
    path.write_text(from_the_root(path.read_text(encoding="utf-8"), root), encoding="utf-8")


def visit_finder(self, node) -> None:
    """Write the place."""
    self.body.append(BOX.format(without=WITHOUT))
    raise nodes.SkipNode


def setup(app):
    """Register with Sphinx."""
    app.add_node(finder, html=(visit_finder, None))
    app.add_directive("finder", Finder)
    app.connect("env-updated", write_data)
    app.connect("html-page-context", add_scripts)
    app.connect("html-collect-pages", make_not_found)
    app.connect("build-finished", place_not_found)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
