"""From a resolved doctree to Markdown that reads well in any notebook.

One method a kind of node, named after it (`block_table`, `inline_math`). A kind without a method
warns, which fails the build: nothing is dropped in silence.
"""

import html
import re
from pathlib import PurePosixPath

from book_math import display_latex
from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)

# What begins a construct of Markdown anywhere in a line, and what does so at its start.
SPECIAL = re.compile(r"([\\`*_\[\]<>$~])")
LINE_START = re.compile(r"^(\s*)([#+-](?=\s|$)|\d+(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    """Write text so that Markdown shows it as it is."""
    text = SPECIAL.sub(r"\\\1", " ".join(text.split("\n")))
    return re.sub(r"&(?=#?\w+;)", "&amp;", text)


def quoted(text: str) -> str:
    """Set Markdown as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def indented(text: str, by: int) -> str:
    """Set the lines after the first below an item's mark."""
    return text.replace("\n", "\n" + " " * by).replace("\n" + " " * by + "\n", "\n\n")


class Markdown:
    """Convert nodes; links lead to `site`, and where that is empty the reference stays words."""

    def __init__(self, site: str, docname: str, numbers: dict):
        self.site, self.docname, self.numbers = site, docname, numbers
        self.notes: list[str] = []  # footnotes, for the end of the notebook
        self.cited: list[str] = []  # likewise, the full titles of works

    # Blocks

    def blocks(self, parent, level: int = 1) -> str:
        """Convert the children of a node, a blank line between two."""
        parts = (self.block(child, level) for child in parent.children)
        return "\n\n".join(part for part in parts if part)

    def block(self, node, level: int = 1) -> str:
        """Convert one block."""
        if isinstance(node, nodes.Admonition):
            return self.admonition(node)
        method = getattr(self, f"block_{type(node).__name__}", None)
        if method is None:
            return self.unknown(node)
        return method(node, level) if type(node).__name__ == "section" else method(node)

    def unknown(self, node) -> str:
        """Warn about a node without a rule."""
        name = type(node).__name__
        logger.warning(
            "notebook_markdown.py has no rule for a %r node: add one", name, location=node
        )
        return ""

    def block_section(self, node, level):
        """Convert a section outside of the page's own (they are unfolded by the caller)."""
        return self.blocks(node, level)

    def title(self, node, level: int) -> str:
        """Convert a heading."""
        return f"{'#' * level} {self.inlines(node)}"

    def block_paragraph(self, node):
        return LINE_START.sub(r"\1\\\2", self.inlines(node).strip())

    def block_math_block(self, node):
        latex = display_latex(node.astext(), node.get("nowrap", False)).strip()
        if node.get("nowrap"):  # an environment of its own stands without dollars
            return latex
        number = self.number("displaymath", node)
        tag = rf" \tag{{{number}}}" if number else ""
        return f"$$\n{latex}{tag}\n$$"

    def block_asked(self, node):
        """Show the options; the answer is given in the cell below."""
        return self.blocks(node)

    def block_finder(self, node):
        """Say where the box is: it answers on the site, in a browser."""
        page = f"[the site]({self.address('')})" if self.site else "the book's site"
        return f"On {page}, a box finds the page of a message that you paste."

    def block_literal_block(self, node):
        language = node.get("language", "")
        language = "python" if "python" in language else language
        language = "" if language in ("default", "none", "myst-ansi") else language
        return self.fenced(node.astext(), language)

    def block_doctest_block(self, node):
        return self.fenced(node.astext(), "python")

    def fenced(self, text, language):
        """Set code in a fence longer than any inside."""
        fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
        return f"{fence}{language}\n{text.rstrip()}\n{fence}"

    def block_bullet_list(self, node):
        items = [f"- {indented(self.blocks(item), 2)}" for item in node.children]
        return "\n".join(items)

    def block_enumerated_list(self, node):
        start = node.get("start", 1)
        marks = [f"{start + i}. " for i in range(len(node.children))]
        items = zip(marks, node.children, strict=True)
        return "\n".join(mark + indented(self.blocks(item), len(mark)) for mark, item in items)

    def block_definition_list(self, node):
        items = []
        for item in node.children:
            terms = [self.inlines(n) for n in item.children if isinstance(n, nodes.term)]
            texts = [self.blocks(n) for n in item.children if isinstance(n, nodes.definition)]
            items.append(f"- **{', '.join(terms)}**: " + indented("\n\n".join(texts), 2))
        return "\n".join(items)

    def block_block_quote(self, node):
        return quoted(self.blocks(node))

    def block_attribution(self, node):
        return "— " + self.inlines(node)

    def block_compound(self, node):
        return self.blocks(node)

    def block_container(self, node):
        return self.blocks(node)

    def block_transition(self, node):
        return "" if "footnotes" in node.get("classes", ()) else "---"

    def block_target(self, node):
        return ""

    block_comment = block_index = block_raw = block_substitution_definition = block_target
    block_toctree = block_target

    def block_footnote(self, node):
        label, *content = node.children
        text = " ".join(self.block(child) for child in content)
        self.notes.append(f"<sup>{label.astext()}</sup> {text}")
        return ""

    def block_table(self, node):
        rows, heading = [], ""
        for child in node.children:
            if isinstance(child, nodes.title):
                heading = f"**{self.inlines(child)}**\n\n"
            elif not isinstance(child, nodes.tgroup):
                return self.unknown(child)
        for row in node.findall(nodes.row):
            cells = ["<br>".join(map(self.block, entry.children)) for entry in row.children]
            cells = [re.sub(r"(?<!\\)\|", r"\\|", cell).replace("\n", " ") for cell in cells]
            rows.append(f"| {' | '.join(cells)} |")
        width = len(next(iter(node.findall(nodes.row))).children)
        rows.insert(1, "|" + " --- |" * width)
        return heading + "\n".join(rows)

    def block_figure(self, node):
        return self.blocks(node)

    def block_caption(self, node):
        number = self.number("figure", node.parent)
        lead = f"**Fig. {number}.** " if number else ""
        return lead + self.inlines(node)

    def block_image(self, node):
        return self.inline_image(node)

    def admonition(self, node):
        """Set a note as a quotation with a bold title, or folded where the page folds it."""
        title, content = "", []
        for child in node.children:
            if isinstance(child, nodes.title):
                title = self.inlines(child)
            else:
                content.append(self.block(child))
        text = "\n\n".join(filter(None, content))
        if "dropdown" in node.get("classes", ()):
            return folded(node.children[0].astext(), text)
        title = title or type(node).__name__.capitalize()
        return quoted(f"**{title}**\n\n{text}")

    # Inlines

    def inlines(self, parent) -> str:
        """Convert the inline children of a node."""
        return "".join(map(self.inline, parent.children))

    def inline(self, node) -> str:
        """Convert one inline node."""
        if isinstance(node, nodes.Text):
            return escape(node.astext())
        method = getattr(self, f"inline_{type(node).__name__}", None)
        return method(node) if method else self.unknown(node)

    def inline_inline(self, node):
        return self.inlines(node)

    inline_abbreviation = inline_generated = inline_inline

    def inline_target(self, node):
        return self.inlines(node)

    def inline_emphasis(self, node):
        return f"*{self.inlines(node)}*"

    inline_title_reference = inline_emphasis

    def inline_strong(self, node):
        return f"**{self.inlines(node)}**"

    def inline_superscript(self, node):
        return f"<sup>{self.inlines(node)}</sup>"

    def inline_subscript(self, node):
        return f"<sub>{self.inlines(node)}</sub>"

    def inline_literal(self, node):
        text = node.astext()
        ticks = "`" * (1 + max(map(len, re.findall(r"`+", text)), default=0))
        pad = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{ticks}{pad}{text}{pad}{ticks}"

    def inline_math(self, node):
        return f"${node.astext().strip()}$"

    def inline_footnote_reference(self, node):
        return f"<sup>{node.astext()}</sup>"

    def inline_image(self, node):
        uri = node.get("uri", "")
        if "://" not in uri:
            if not self.site:
                return f"*(figure: {escape(node.get('alt', ''))})*"
            uri = self.address(uri)
        return f"![{escape(node.get('alt', ''))}]({uri})"

    def inline_problematic(self, node):
        return self.inlines(node)  # Sphinx has warned already

    def inline_reference(self, node):
        text = self.inlines(node)
        title = node.get("reftitle", "")
        if title and "#" in node.get("refuri", "") and title not in self.cited:
            self.cited.append(title)
        if "refid" in node:
            # Equations carry their number in the notebook too; a link would lead away from it.
            if not self.site or node["refid"].startswith("equation-"):
                return text
            return f"[{text}]({self.address('#' + node['refid'])})"
        uri = node.get("refuri", "")
        if re.match(r"https?:|mailto:", uri):
            return f"[{text}]({uri})"
        if not uri:
            return self.unknown(node)
        return f"[{text}]({self.address(uri)})" if self.site else text

    # Addresses and numbers

    def address(self, uri: str) -> str:
        """Turn an address relative to this page into one on the site."""
        path, _, anchor = uri.partition("#")
        page = PurePosixPath(self.docname + ".html")
        parts: list[str] = []
        for part in (page.parent / path).parts if path else page.parts:
            if part == ".." and parts:
                parts.pop()
            elif part != "..":
                parts.append(part)
        return self.site + "/".join(parts) + (f"#{anchor}" if anchor else "")

    def number(self, kind: str, node) -> str:
        """Give the number of a figure or an equation, as on the page."""
        found = (self.numbers.get(kind, {}).get(i) for i in node.get("ids", ()))
        return next((".".join(map(str, number)) for number in found if number), "")


def folded(title: str, text: str) -> str:
    """Fold Markdown away behind a title of plain text."""
    return (
        f"<details>\n<summary>{html.escape(title, quote=False)}</summary>\n\n{text}\n\n</details>"
    )
