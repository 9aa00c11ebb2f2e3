"""The minibatch viewer: which examples `data_iter` draws, and in which order."""

import torch
import traitlets as t

from linreg_lib.iterators import data_iter
from linreg_lib.widgets._base import BookWidget
from linreg_lib.widgets._compose import compose, style
from linreg_lib.widgets._stills import batches_still


def draw_batches(settings: dict, num_epochs: int) -> list[list[list[int]]]:
    """Let `data_iter` draw: the indices of each minibatch of each epoch.

    Args:
        settings: num_examples, batch_size, shuffle, drop_last and seed.
        num_epochs: passes over the data, one after the other from one generator.
    """
    generator = torch.Generator().manual_seed(settings["seed"])
    examples = torch.arange(settings["num_examples"])
    options = {"shuffle": settings["shuffle"], "drop_last": settings["drop_last"]}
    return [
        [
            X.tolist()
            for X, _ in data_iter(
                settings["batch_size"], examples, examples, generator=generator, **options
            )
        ]
        for _ in range(num_epochs)
    ]


class MinibatchViewer(BookWidget):
    """Minibatches as `data_iter` draws them: `MinibatchViewer(num_examples=10, batch_size=4)`.

    Args:
        num_examples: 2 to 60.
        batch_size: 1 to 60.
        shuffle: a new order each epoch.
        drop_last: leave out a last minibatch that is not full.
        seed: of the generator.
        num_epochs: how many epochs to draw.
        title: heading of the widget.
        address: the widget's name in the page's address; a page's second viewer needs none.
    """

    _esm = compose("minibatch_viewer.js")
    _css = style("minibatch_viewer.css")

    num_examples = t.Int(min=2, max=60).tag(sync=True)
    batch_size = t.Int(min=1, max=60).tag(sync=True)
    shuffle = t.Bool().tag(sync=True)
    drop_last = t.Bool().tag(sync=True)
    seed = t.Int(min=0, max=2**32 - 1).tag(sync=True)
    num_epochs = t.Int(min=1, max=20).tag(sync=True)
    title = t.Unicode().tag(sync=True)
    address = t.Unicode().tag(sync=True)

    def __init__(
        self,
        num_examples: int = 10,
        batch_size: int = 4,
        *,
        shuffle: bool = True,
        drop_last: bool = False,
        seed: int = 0,
        num_epochs: int = 3,
        title: str = "",
        address: str = "batches",
    ):
        super().__init__(
            num_examples=num_examples,
            batch_size=batch_size,
            shuffle=shuffle,
            drop_last=drop_last,
            seed=seed,
            num_epochs=num_epochs,
            title=title,
            address=address,
        )

    def answer(self, question):
        """Draw as the view asks."""
        settings = {
            "num_examples": int(question["num_examples"]),
            "batch_size": int(question["batch_size"]),
            "shuffle": bool(question["shuffle"]),
            "drop_last": bool(question["drop_last"]),
            "seed": int(question["seed"]),
        }
        return {"settings": settings, "epochs": draw_batches(settings, self.num_epochs)}, []

    def still(self):
        """The first epoch's minibatches as rows of numbered cells, and a sentence about them."""
        names = ("num_examples", "batch_size", "shuffle", "drop_last", "seed")
        settings = {name: getattr(self, name) for name in names}
        return batches_still(draw_batches(settings, 1)[0], settings)
