"""Still figures for places where no script runs: plain SVG with the theme's colors."""

import math
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


def loss_still(run, true_losses: list[float], settings: dict) -> tuple[str, str]:
    """Draw the losses of a TrainingRun by step on a logarithmic axis.

    Returns:
        The SVG, and a caption of one sentence.
    """
    width, height, left, right, top, bottom = 640, 260, 60, 620, 14, 214
    losses = run.step_losses.tolist()
    seen = [v for v in losses if math.isfinite(v) and v > 0] or [1.0]
    low = math.floor(math.log10(max(min(seen), 1e-12)))
    high = math.ceil(math.log10(max(seen)))
    high = max(high, low + 1)

    def x(step):
        return left + (right - left) * step / len(losses)

    def y(loss):
        return bottom - (bottom - top) * (math.log10(max(loss, 10**low)) - low) / (high - low)

    content = []
    for e in range(low, high + 1, max(1, (high - low) // 5)):
        content.append(
            f'<path d="M{left} {y(10.0**e):.1f}H{right}" style="stroke: {LINE}" stroke="#ccc"/>'
        )
        content.append(text(left - 6, y(10.0**e) + 4, f"1e{e}", "end"))
    points, pen = [], "M"
    stride = max(1, len(losses) // 560)
    for t in range(0, len(losses), stride):
        if math.isfinite(losses[t]) and losses[t] > 0:
            points.append(f"{pen}{x(t):.1f} {y(losses[t]):.1f}")
            pen = "L"
        else:
            pen = "M"
    line = f'fill="none" stroke="#1a62c6" style="stroke: {ACCENT}" stroke-width="1.5"'
    content.append(f'<path d="{"".join(points)}" {line}/>')
    for e, loss in enumerate(true_losses, 1):
        if math.isfinite(loss) and loss <= 10**high:
            content.append(
                f'<circle cx="{x(e * run.steps_per_epoch):.1f}" cy="{y(loss):.1f}" r="4" '
                f'fill="#1f2430" style="fill: {INK}"/>'
            )
    content.append(text(left, bottom + 18, "0", "middle"))
    content.append(text(right, bottom + 18, str(len(losses)), "middle"))
    content.append(text((left + right) / 2, bottom + 36, "step", "middle"))
    content.append(text(2, height - 8, "loss (squared units of the label)"))

    w1, w2, b = run.step_params[-1].tolist()
    end = f"{true_losses[-1]:.2g}"
    caption = (
        f"Training with learning rate {settings['lr']:g} and batch size {settings['batch_size']} "
        f"for {settings['num_epochs']} epochs on {settings['num_examples']} examples ends at loss "
        f"{end}, w = {w1:.3f}, {w2:.3f} and b = {b:.3f}."
    )
    svg = svg_still(width, height, "Loss by step, logarithmic axis", caption, content)
    return svg, caption


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
