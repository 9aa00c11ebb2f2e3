"""The picture that stands for a page where its address is shared: one for each part of the book.

A card has the part's name and a figure as the chapters have them (`linreg_lib.plots`). The cards
of a build are drawn anew when the package or this file has changed.
"""

import hashlib
import re
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

from book_execution import KERNEL_ENV, fingerprint, package_dir

WIDTH, HEIGHT, DPI = 1200, 630, 100
INK, PAPER, QUIET = "#1b1f24", "#ffffff", "#57606a"
FOLDER = "_static/cards"
UNDER = "An interactive book in PyTorch"  # below the title of the whole book
STAMP = "Comment"  # the field of the file that says what the card was drawn from


@dataclass(frozen=True)
class Card:
    """A part's card: its file below the site's root, its size in pixels, its alternative text."""

    part: str
    book: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def path(self) -> str:
        """The file, named after the part."""
        name = re.sub(r"[^a-z0-9]+", "-", self.part.lower()).strip("-")
        return f"{FOLDER}/{name or 'book'}.png"

    @property
    def words(self) -> str:
        """What is written and drawn on the card."""
        title = f"{self.part}, a part of {self.book}" if self.part else self.book
        return f"{title}. Beside it, {FIGURES.get(self.part, ANY)[1]}."


def run_of(lr: float, **settings):
    """Train on a small data set; the data come with the run."""
    import torch

    from linreg_lib import synthetic_data, train

    features, labels = synthetic_data(
        [2.0, -3.4], 4.2, 200, noise_std=0.5, generator=torch.Generator().manual_seed(1)
    )
    settings = {"batch_size": 10, "num_epochs": 3} | settings
    run = train(features, labels, lr=lr, generator=torch.Generator().manual_seed(2), **settings)
    return run, features, labels


def draw_fit(ax) -> None:
    from linreg_lib.plots import plot_fit

    run, features, labels = run_of(0.1)
    plot_fit(features, labels, run.w, run.b, feature=1, ax=ax)


def draw_path(ax) -> None:
    from linreg_lib.plots import plot_path

    plot_path(*run_of(0.03), ax=ax)


def draw_runs(ax) -> None:
    from linreg_lib.plots import compare_runs

    runs = {f"lr = {lr}": run_of(lr, batch_size=200, num_epochs=12)[0] for lr in (0.3, 0.005, 2.1)}
    compare_runs(runs, ax=ax)


FIGURES = {
    "From scratch": (draw_path, "the path of two weights over the contours of the loss"),
    "Pitfalls": (draw_runs, "the losses of three runs: one falls, one hardly falls, one grows"),
}
ANY = (draw_fit, "a cloud of examples with the line that was learned from them")


def draw(card: Card, path: Path, stamp: str) -> None:
    """Draw a card: words at the left, a figure at the right."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    settings = {"font.size": 15, "savefig.transparent": False, "legend.fontsize": 14}
    with matplotlib.rc_context(fname=KERNEL_ENV["MATPLOTLIBRC"], rc=settings):
        figure = Figure((WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER, layout="none")
        FigureCanvasAgg(figure)
        ax = figure.add_axes((0.55, 0.15, 0.41, 0.74), facecolor=PAPER)
        FIGURES.get(card.part, ANY)[0](ax)
        ax.set_title("")
        title, under = (card.part, card.book) if card.part else (card.book, UNDER)
        figure.text(
            0.05, 0.6, wrapped(title, 13), fontsize=40, weight="bold", color=INK, va="center"
        )
        figure.text(0.05, 0.2, wrapped(under, 32), fontsize=21, color=QUIET, va="center")
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata={"Software": None, STAMP: stamp})


def wrapped(text: str, width: int) -> str:
    """Break a text into lines."""
    return "\n".join(textwrap.wrap(text, width))


def part_of_pages(site_map) -> dict[str, str]:
    """Give the caption of the part in which each page of the contents stands."""
    parts = {}

    def take(docname: str, part: str) -> None:
        parts[docname] = part
        for tree in site_map[docname].subtrees if docname in site_map else ():
            for child in tree.files():
                take(child, part or tree.caption or "")

    take(site_map.root.docname, "")
    return parts


def draw_cards(app, env) -> None:
    """Draw the cards that are missing, or drawn from something else."""
    if app.builder.format != "html":
        return
    root = str(package_dir().parent)
    if root not in sys.path:
        sys.path.insert(0, root)
    env.book_parts = part_of_pages(app.config.external_site_map)
    package, own = fingerprint(), Path(__file__).read_bytes()
    for part in sorted(set(env.book_parts.values())):
        card = Card(part, app.config.html_title)
        made_of = f"{card} {package}".encode() + own
        stamp = hashlib.sha256(made_of).hexdigest()
        path = Path(app.outdir, card.path)
        if not path.is_file() or stamp.encode() not in path.read_bytes():
            draw(card, path, stamp)


def add_card(app, pagename, templatename, context, doctree) -> None:
    """Tell the page its card."""
    context["card"] = Card(app.env.book_parts.get(pagename, ""), app.config.html_title)


def setup(app):
    """Register with Sphinx."""
    app.connect("env-updated", draw_cards)
    app.connect("html-page-context", add_card)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
