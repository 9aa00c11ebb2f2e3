"""Still figures for the chapters (matplotlib). Every function draws into `ax` and returns it.

Colors keep apart on light and dark ground, and none is the only carrier: lines differ in their
style too, and every axis names its unit.
"""

from itertools import cycle

from linreg_lib._extras import require

require("plots", "matplotlib")

import matplotlib.pyplot as plt  # noqa: E402
import torch  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.ticker import MaxNLocator  # noqa: E402
from torch import Tensor  # noqa: E402

from linreg_lib._arguments import check_regression_data  # noqa: E402
from linreg_lib.loss import squared_loss  # noqa: E402
from linreg_lib.model import least_squares, linreg  # noqa: E402
from linreg_lib.training import TrainingRun  # noqa: E402

BLUE, ORANGE, GREEN, PURPLE, GRAY = "#2f7ed8", "#c8600a", "#2c8f57", "#a05fc4", "#7d8590"
LOSS = "loss (label units squared)"


def plot_data(
    features: Tensor, labels: Tensor, *, feature: int = 0, title: str = "", ax: Axes | None = None
) -> Axes:
    """Scatter feature number `feature` (from 0) of features (n, d) against the labels (n, 1)."""
    check_regression_data(features, labels)
    ax = ax or _new_axes()
    x, y = _column(features, feature), labels.detach().cpu().flatten()
    ax.scatter(x, y, s=6, color=BLUE, label="examples")
    ax.set(
        title=title or f"Label against feature {feature + 1}",
        xlabel=f"feature {feature + 1} (dimensionless)",
        ylabel="label (dimensionless)",
    )
    return ax


def plot_fit(
    features: Tensor,
    labels: Tensor,
    w: Tensor,
    b: Tensor,
    *,
    feature: int = 0,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the learned line of one feature over the data, less the other features' shares."""
    w, b = w.detach(), b.detach()
    own_share = features.detach()[:, feature : feature + 1] @ w[feature : feature + 1]
    rest = linreg(features.detach(), w, b) - own_share - b
    several = features.shape[1] > 1
    title = title or "The learned line over the data"
    ax = plot_data(features, labels.reshape(-1, 1) - rest, feature=feature, title=title, ax=ax)
    x = _column(features, feature)
    ends = torch.stack([x.min(), x.max()])
    ax.plot(
        ends,
        ends * w[feature].cpu() + b.cpu(),
        color=ORANGE,
        linewidth=5,
        zorder=0.9,
        label="learned",
    )
    ax.set_ylabel(f"label{' − other shares' if several else ''} (dimensionless)")
    ax.legend()
    return ax


def plot_losses(
    run: TrainingRun, *, noise_std: float | None = None, title: str = "", ax: Axes | None = None
) -> Axes:
    """Draw the loss of each step and of each epoch; with `noise_std`, the noise floor too."""
    ax = ax or _new_axes()
    ends = [(epoch + 1) * run.steps_per_epoch for epoch in range(len(run.epoch_losses))]
    ax.semilogy(run.step_losses, ".", markersize=3, color=BLUE, label="each minibatch")
    ax.semilogy(ends, run.epoch_losses, "s-", color=ORANGE, label="all data, each epoch")
    _noise_floor(ax, noise_std)
    ax.set(title=title or "Loss during training", xlabel="step (count)", ylabel=LOSS)
    ax.legend()
    return ax


def compare_runs(
    runs: dict[str, TrainingRun],
    *,
    noise_std: float | None = None,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the epoch losses of several runs, by name; a diverged run stops where it overflows."""
    ax = ax or _new_axes()
    styles = cycle(zip((BLUE, ORANGE, GREEN, PURPLE), ("o-", "s--", "^-.", "D:"), strict=True))
    for (name, run), (color, style) in zip(runs.items(), styles, strict=False):
        epochs = range(1, len(run.epoch_losses) + 1)
        ax.semilogy(epochs, run.epoch_losses, style, color=color, label=name)
    _noise_floor(ax, noise_std)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set(title=title or "Loss on all data", xlabel="epoch (count)", ylabel=LOSS)
    ax.legend()
    return ax


def plot_path(
    run: TrainingRun, features: Tensor, labels: Tensor, *, title: str = "", ax: Axes | None = None
) -> Axes:
    """Draw the path of the first two parameters over contours of the loss on all data.

    These are two weights, or weight and bias for one feature; the contours hold the others at
    their best values. A run that diverges is shown as far as ten times its first distance.
    """
    ax = ax or _new_axes()
    best = torch.cat([param.flatten() for param in least_squares(features, labels)])
    path = run.step_params[:, :2]
    distance = (path - best[:2].cpu()).abs().amax(dim=1)
    shown = distance <= 10 * distance[0].clamp(min=0.1)  # not where it diverges to inf and nan
    path, far = path[shown], 1.15 * distance[shown].max().clamp(min=0.1)
    around = torch.linspace(-1, 1, 41) * far
    grid = torch.empty(len(around), len(around))
    for row, dy in enumerate(around):
        for column, dx in enumerate(around):
            point = best.clone()
            point[0] += dx
            point[1] += dy
            y_hat = linreg(features, point[:-1].reshape(-1, 1), point[-1:])
            grid[row, column] = squared_loss(y_hat, labels).mean()
    x, y = best[0].cpu() + around, best[1].cpu() + around
    levels = float(grid.max()) * torch.linspace(0.02, 1, 9) ** 2
    ax.contour(x, y, grid, levels=levels.unique(), colors=GRAY, linewidths=0.8)
    ax.plot(*path.T, ".-", color=BLUE, markersize=4, linewidth=1, label="after each step")
    ax.plot(*best[:2].cpu(), "*", color=ORANGE, markersize=14, label="least squares")
    names = ("first weight", "second weight" if features.shape[1] > 1 else "bias")
    ax.set(
        title=title or "The path of the parameters over the loss",
        xlabel=f"{names[0]} (dimensionless)",
        ylabel=f"{names[1]} (dimensionless)",
    )
    ax.legend()
    return ax


def _new_axes() -> Axes:
    ax = plt.subplots(layout="constrained")[1]
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(alpha=0.3)
    return ax


def _column(features: Tensor, feature: int) -> Tensor:
    """Return one feature on the CPU, or refuse a number that names none."""
    d = features.shape[1]
    if not 0 <= feature < d:
        raise ValueError(f"feature must be from 0 to {d - 1}; got {feature}. Write feature=0.")
    return features.detach()[:, feature].cpu()


def _noise_floor(ax: Axes, noise_std: float | None) -> None:
    """Draw the loss that the noise alone leaves: half its variance."""
    if noise_std is not None:
        ax.axhline(noise_std**2 / 2, linestyle="--", color=GRAY, label="noise floor")
