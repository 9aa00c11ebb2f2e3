"""Still figures for places where no script runs: plain SVG with the theme's colors."""

from xml.sax.saxutils import escape

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
