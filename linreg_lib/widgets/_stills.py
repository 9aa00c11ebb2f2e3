"""Still figures for places where no script runs: plain SVG with the theme's colors."""

from base64 import b64encode
from xml.sax.saxutils import escape, quoteattr

from linreg_lib.words import words

INK = "var(--pst-color-text-base, #1f2430)"
MUTED = "var(--pst-color-text-muted, #5a6270)"
LINE = "var(--pst-color-border, #d5d9e0)"
ACCENT = "var(--pst-color-primary, #1a62c6)"


def svg_still(width: int, height: int, title: str, desc: str, content: list[str]) -> str:
    """Wrap drawn `content` into an SVG that scales with its place and names itself."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'width="{width}" style="max-width: 100%; height: auto" font-family="sans-serif" '
        f'font-size="12"><title>{escape(title)}</title><desc>{escape(desc)}</desc>'
        f"{''.join(content)}</svg>"
    )


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    """One line of text at (x, y)."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{MUTED}" '
        f'style="fill: {MUTED}">{escape(words)}</text>'
    )


# Beside the widget that it stands for, while that lives, a still is hidden; beside the complaint
# that there is none, it makes that vanish. The outputs of a cell are neighbours in JupyterLab,
# Colab and VS Code.
KEPT_STYLE = """
div:has(.lr-widget):not(:has(.linreg-still)) + div:has(.linreg-still):not(:has(.lr-widget))
  { display: none; }
div:has(> .jupyter-widgets):not(:has(.lr-widget)):has(+ div .linreg-still)
  { font-size: 0; line-height: 0; }
"""


def kept_still(svg: str, caption: str) -> str:
    """Give the HTML that stands for a widget in a notebook that was opened again.

    A picture, since Jupyter takes drawings and styles out of what it does not trust.
    """
    source = "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
    return (
        f'<style>{KEPT_STYLE}</style><figure class="linreg-still" style="margin: 0">'
        f'<img src="{source}" alt={quoteattr(caption)} style="max-width: 100%; background: white">'
        f"<figcaption>{escape(caption)} {escape(words('stills')['reopened'])}</figcaption></figure>"
    )


def batches_still(batches: list[list[int]], settings: dict) -> tuple[str, str]:
    """Draw the minibatches of one epoch as rows of numbered cells.

    Returns:
        The SVG, and a caption of one sentence.
    """
    cell, row, left = 26, 32, 110
    content = []
    for k, batch in enumerate(batches):
        top = 8 + k * row
        content.append(text(4, top + 17, f"minibatch {k + 1}"))
        for j, index in enumerate(batch):
            x = left + j * (cell + 3)
            content.append(
                f'<rect x="{x}" y="{top}" width="{cell}" height="{cell - 2}" rx="3" fill="none" '
                f'stroke="#5a6270" style="stroke: {MUTED}"/>'
            )
            content.append(text(x + cell / 2, top + 17, str(index), "middle"))
    sizes = [len(batch) for batch in batches]
    order = "shuffled" if settings["shuffle"] else "in order"
    caption = (
        f"One epoch over {settings['num_examples']} examples, {order}, in minibatches of "
        f"{' + '.join(map(str, sizes)) or 'none'}."
    )
    width = left + max(sizes, default=1) * (cell + 3) + 10
    height = 16 + max(len(batches), 1) * row
    return svg_still(width, height, "Minibatches in the order drawn", caption, content), caption
