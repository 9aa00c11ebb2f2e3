"""The still figure of a training lab: what its script would show first, where none runs."""

import math

from linreg_lib.widgets._stills import ACCENT, INK, LINE, MUTED, svg_still, text

HEIGHT = 260
TOP, BOTTOM = 28, 214
MOST_DOTS = 300


def lab_still(data, run, true_losses: list[float], settings: dict, views, predict: bool, axes=()):
    """Draw the end of a run, or only its beginning where the reader is to predict the rest.

    Args:
        data: X (n, 1) or (n, 2) and y (n, 1). run: the TrainingRun on them.
        true_losses: loss on all data after each epoch, with labels of the right shape.
        settings: the lab's settings. views: the lab's views.
        predict: nothing may be given away.
        axes: what stands at the axes of the data, across and upward, where they have names.

    Returns:
        The SVG, and a caption of a few sentences.
    """
    X, y = data
    params = [0.0] * (X.shape[1] + 1) if predict else run.step_params[-1].tolist()
    panels = {"fit": (60, 262), "loss": (350, 620)} if "fit" in views else {"loss": (60, 620)}
    if "fit" in views and "loss" not in views:
        panels = {"fit": (190, 450)}
    content = []
    if "fit" in panels:
        content += _fit(X, y, params, *panels["fit"])
        left, right = panels["fit"]
        across, upward = axes or _AXES[X.shape[1]]
        content.append(text(right, BOTTOM + 18, across, "end"))
        content.append(text(left, TOP - 12, upward))
    if "loss" in panels:
        content += _loss(run, [] if predict else true_losses, *panels["loss"], drawn=not predict)
    caption = _caption(run, true_losses, settings, predict)
    if "fit" in panels:
        caption += " " + (_LINE if X.shape[1] == 1 else _DOTS)
    title = " and ".join(_TITLES[name, X.shape[1]] for name in panels)
    return svg_still(640, HEIGHT, title[0].upper() + title[1:], caption, content), caption


_TITLES = {
    ("fit", 1): "the data and the line",
    ("fit", 2): "predictions against labels",
    ("loss", 1): "loss by step, logarithmic axis",
    ("loss", 2): "loss by step, logarithmic axis",
}
_AXES = {
    1: ("feature (dimensionless)", "label (dimensionless)"),
    2: ("label (dimensionless)", "prediction (dimensionless)"),
}
_LINE = "Each dot is an example; the line is what the model predicts."
_DOTS = (
    "Each dot is an example, its label across and its prediction upward; on the dashed diagonal "
    "they agree."
)


def _caption(run, true_losses, settings, predict) -> str:
    setting = (
        f"learning rate {settings['lr']:g} and batch size {settings['batch_size']} for "
        f"{settings['num_epochs']} epochs on {settings['num_examples']} examples"
    )
    if predict:
        return f"Before the first step of training with {setting}: w and b are still about zero."
    *w, b = (f"{value:.3f}" for value in run.step_params[-1].tolist())
    end = f"{true_losses[-1]:.2g}"
    return f"Training with {setting} ends at loss {end}, w = {', '.join(w)} and b = {b}."


def _scale(low, high, start, end):
    return lambda value: start + (end - start) * (value - low) / (high - low)


def _path(d: str, color: str, width: float, more: str = "") -> str:
    return f'<path d="{d}" fill="none" style="stroke: {color}" stroke-width="{width}"{more}/>'


def _dots(xs, ys, color: str) -> str:
    """Dots as lines of no length with round ends: one element for all."""
    d = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in zip(xs, ys, strict=True))
    return _path(d, color, 3.5, ' stroke-linecap="round" opacity="0.75"')


def _fit(X, y, params, left, right) -> list[str]:
    *w, b = params
    labels = y.flatten().tolist()
    room = 0.08 * (max(labels) - min(labels)) or 1.0
    low, high = min(labels) - room, max(labels) + room
    up = _scale(low, high, BOTTOM, TOP)
    content = [_path(f"M{left} {TOP}V{BOTTOM}H{right}", LINE, 1)]
    if len(w) == 1:
        xs = X.flatten().tolist()
        across = _scale(min(xs), max(xs), left + 6, right - 6)
        content.append(_dots(map(across, xs[:MOST_DOTS]), map(up, labels[:MOST_DOTS]), MUTED))
        ends = [(x, w[0] * x + b) for x in (min(xs), max(xs))]
        if all(low <= value <= high for _, value in ends):
            (x0, y0), (x1, y1) = ((across(x), up(value)) for x, value in ends)
            content.append(_path(f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}", ACCENT, 2.5))
    else:
        across = _scale(low, high, left, right)
        dashed = ' stroke-dasharray="5 3"'
        content.append(_path(f"M{left} {BOTTOM}L{right} {TOP}", MUTED, 1, dashed))
        pairs = [
            (across(label), up(w[0] * x[0] + w[1] * x[1] + b))
            for label, x in zip(labels[:MOST_DOTS], X[:MOST_DOTS].tolist(), strict=True)
        ]
        inside = [pair for pair in pairs if TOP <= pair[1] <= BOTTOM]
        if inside:
            content.append(_dots(*zip(*inside, strict=True), ACCENT))
    return content


def _loss(run, true_losses, left, right, *, drawn: bool) -> list[str]:
    losses = run.step_losses.tolist()
    if not drawn:
        losses = losses[:1]
    seen = [v for v in losses if math.isfinite(v) and v > 0] or [1.0]
    low = math.floor(math.log10(max(min(seen), 1e-12)))
    high = max(math.ceil(math.log10(max(seen))), low + 1)
    across = _scale(0, run.num_steps, left, right)

    def up(loss):
        return _scale(low, high, BOTTOM, TOP)(math.log10(max(loss, 10.0**low)))

    content = []
    for e in range(low, high + 1, max(1, (high - low) // 5)):
        content.append(_path(f"M{left} {up(10.0**e):.1f}H{right}", LINE, 1))
        content.append(text(left - 6, up(10.0**e) + 4, f"1e{e}", "end"))
    points, pen = [], "M"
    for t in range(0, len(losses), max(1, len(losses) // 560)):
        finite = math.isfinite(losses[t]) and losses[t] > 0
        if finite:
            points.append(f"{pen}{across(t):.1f} {up(losses[t]):.1f}")
        pen = "L" if finite else "M"
    if drawn:
        content.append(_path("".join(points), ACCENT, 1.5))
    for e, loss in enumerate(true_losses, 1):
        if math.isfinite(loss) and loss <= 10.0**high:
            content.append(
                f'<circle cx="{across(e * run.steps_per_epoch):.1f}" cy="{up(loss):.1f}" r="4" '
                f'style="fill: {INK}"/>'
            )
    content.append(text(left, BOTTOM + 18, "0", "middle"))
    content.append(text(right, BOTTOM + 18, str(run.num_steps), "middle"))
    content.append(text((left + right) / 2, BOTTOM + 18, "step", "middle"))
    content.append(text(left, TOP - 12, "loss (squared units of the label)"))
    return content
