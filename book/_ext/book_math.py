r"""Mathematics as MathML, made at build time: no JavaScript, no fonts to fetch.

Equation numbers are Sphinx's own (one per block), so `\tag` and line numbers stay unused.
"""

import re
from html import escape

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

logger = logging.getLogger(__name__)
CONVERTER = LatexToMathML(annotation=False, fancy_error=False)


def to_mathml(latex: str, *, block: bool, location=None) -> str:
    """Convert LaTeX; what cannot be converted warns and shows its source."""
    try:
        return CONVERTER.convert_with_local_state(latex, displaystyle=block)
    except LatexError as error:
        logger.warning("math: %s in %r", error, latex, location=location)
        return f"<code>{escape(latex)}</code>"


def display_latex(latex: str, raw: bool) -> str:
    """Give the LaTeX of a block the environment that its contents need."""
    if raw:  # an environment of its own, `\begin{align}`: one number for the block, not per line
        return re.sub(r"\\(begin|end)\{(align|gather|equation|multline)\}", r"\\\1{\2*}", latex)
    parts = [part.strip() for part in latex.split("\n\n") if part.strip()]
    whole = r"\\ ".join(parts)
    if len(parts) > 1 or re.search(
        r"\\\\", re.sub(r"\\begin\{.*\\end\{\w+\}", "", whole, flags=re.S)
    ):
        return rf"\begin{{aligned}}{whole}\end{{aligned}}"
    return whole


def visit_math(self, node):
    """Write inline mathematics."""
    self.body.append(to_mathml(node.astext(), block=False, location=node))
    raise nodes.SkipNode


def visit_math_block(self, node):
    """Write a block with its number and its permanent link."""
    if "amsmath" in node.get("classes", ()) and node.get("number"):
        logger.warning("math: an unlabeled numbered block; write align*", location=node)
    self.body.append(self.starttag(node, "div", CLASS="math"))
    latex = display_latex(node.astext(), node.get("nowrap", False))
    self.body.append(to_mathml(latex, block=True, location=node))
    if node.get("number"):
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app):
    """Register with Sphinx; `html_math_renderer: mathml` chooses it."""
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
