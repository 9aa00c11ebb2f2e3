"""The training lab: change a hyperparameter and see at once what training does."""

from typing import NamedTuple

import numpy as np
import torch
import traitlets as t

from linreg_lib.data import synthetic_data
from linreg_lib.loss import squared_loss
from linreg_lib.model import least_squares
from linreg_lib.pitfalls import squared_loss_broadcasting
from linreg_lib.training import TrainingRun, train
from linreg_lib.widgets._base import BookWidget
from linreg_lib.widgets._compose import compose, style
from linreg_lib.widgets._lab_still import lab_still

TRUE_W = [2.0, -3.4]
TRUE_B = 4.2

DEFAULTS = {
    "lr": 0.03,
    "batch_size": 10,
    "num_epochs": 3,
    "num_examples": 1000,
    "noise_std": 0.01,
    "seed": 0,
    "clear_gradients": True,
    "divide_by_batch_size": True,
    "reshape_labels": True,
    "update": "inplace",
}

# What each preset changes in the default run.
PRESETS = {
    "default": {},
    "just-right": {"lr": 0.1},
    "too-small": {"lr": 0.001, "num_epochs": 10},
    "border": {"lr": 1.8},
    "too-large": {"lr": 1.9},
    "beyond": {"lr": 2.5},
    "diverging": {"lr": 10.0},
    "full-batch": {"lr": 1.0, "batch_size": 1000, "num_epochs": 20},
    "one-example": {"batch_size": 1},
    "short-batch": {"num_examples": 997, "batch_size": 90, "lr": 0.1},
    "forgotten-gradients": {"clear_gradients": False},
    "no-division": {"divide_by_batch_size": False},
    "no-division-large-batch": {"divide_by_batch_size": False, "batch_size": 80},
    "broadcast": {"reshape_labels": False},
    "rebound": {"update": "rebind"},
    "noisy": {"noise_std": 1.0, "lr": 0.1},
}

# What there is nothing to set of, where the data are given.
DRAWN = ("num_examples", "noise_std")

VIEWS = ("fit", "loss", "path", "gradient", "table")
CONTROLS = ("preset", *DEFAULTS)


class LabData(NamedTuple):
    """Data of one's own for a lab, and what they are called.

    Attributes:
        X: (n, 2) or (n, 1), n from 10 to 1000; kept to seven digits.
        y: (n, 1), the same.
        features: the names of X's columns. label: the name of y. unit: that of y.
    """

    X: torch.Tensor
    y: torch.Tensor
    features: tuple[str, ...]
    label: str
    unit: str

    def checked(self) -> "LabData":
        """Give the data as the lab keeps them; raise a ValueError where it cannot use them."""
        n, width = self.X.shape if self.X.dim() == 2 else (0, 0)
        if not 10 <= n <= 1000 or width not in (1, 2) or self.y.shape != (n, 1):
            raise ValueError(
                "data must be X (n, 1) or (n, 2) and y (n, 1) of 10 to 1000 examples; got "
                f"{tuple(self.X.shape)} and {tuple(self.y.shape)}. Write X[:1000], y[:1000]."
            )
        if len(self.features) != width:
            raise ValueError(
                f"features must name each of the {width} columns of X; got {self.features!r}."
            )
        if not (self.X.isfinite().all() and self.y.isfinite().all()):
            raise ValueError("data must be finite. Leave out the rows with nan or inf.")
        X, y = (torch.tensor(_digits(part)) for part in (self.X, self.y))
        return self._replace(X=X, y=y)


def _digits(part: torch.Tensor) -> list:
    """Give the rows with seven digits, all that float32 has: a page stores them as text."""
    return [[float(f"{value:.7g}") for value in row] for row in part.tolist()]


def data_of(settings: dict, num_features: int = 2, data: LabData | None = None) -> tuple:
    """Draw the data of a run; give X, y and the generator, ready to draw parameters and batches."""
    generator = torch.Generator().manual_seed(settings["seed"])
    if data is not None:
        return data.X, data.y, generator
    n, noise_std = settings["num_examples"], settings["noise_std"]
    true_w = TRUE_W[:num_features]
    X, y = synthetic_data(true_w, TRUE_B, n, noise_std=noise_std, generator=generator)
    return X, y, generator


def train_with(
    settings: dict, num_features: int = 2, data: LabData | None = None
) -> tuple[TrainingRun, list[float]]:
    """Train with `linreg_lib.train` under the lab's settings (names and values as in `DEFAULTS`).

    Returns:
        The run, and its loss on all data after each epoch with labels of the right shape (the
        run's own epoch losses are what the code at fault would print).
    """
    X, y, generator = data_of(settings, num_features, data)

    memory = {}

    def update(params, lr, batch_size):
        """The book's sgd, with the three mistakes that the switches make; momentum; Adam."""
        by = batch_size if settings["divide_by_batch_size"] else 1
        with torch.no_grad():
            for param in params:
                grad = param.grad
                if settings["update"] == "rebind":
                    param = param - lr * grad / by
                elif settings["update"] == "momentum":
                    memory[param] = 0.9 * memory.get(param, 0) + grad / by
                    param -= lr * memory[param]
                elif settings["update"] == "adam":
                    param -= lr * _adam(memory, param, grad / by)
                else:
                    param -= lr * grad / by
                if settings["clear_gradients"]:
                    grad.zero_()

    run = train(
        X,
        y,
        lr=settings["lr"],
        num_epochs=settings["num_epochs"],
        batch_size=settings["batch_size"],
        loss=squared_loss if settings["reshape_labels"] else squared_loss_broadcasting,
        update=update,
        generator=generator,
    )
    if settings["reshape_labels"]:
        return run, run.epoch_losses
    ends = run.step_params[run.steps_per_epoch - 1 :: run.steps_per_epoch]
    y_hat = X @ ends[:, :-1].T + ends[:, -1]  # (n, epochs)
    return run, ((y_hat - y) ** 2 / 2).mean(0).tolist()


def _adam(memory: dict, param: torch.Tensor, grad: torch.Tensor) -> torch.Tensor:
    """Give Adam's step at a rate of 1, with PyTorch's constants."""
    mean, square, steps = memory.get(param, (0, 0, 0))
    mean, square = 0.9 * mean + (1 - 0.9) * grad, 0.999 * square + (1 - 0.999) * grad**2
    memory[param] = mean, square, steps + 1
    mean, square = mean / (1 - 0.9 ** (steps + 1)), square / (1 - 0.999 ** (steps + 1))
    return mean / (square.sqrt() + 1e-8)


class TrainingLab(BookWidget):
    """Training at one's fingertips: `TrainingLab(preset="border", views=("loss", "path"))`.

    On a page without a kernel the widget's own engine trains, in float32 and on PyTorch's random
    numbers; with a kernel `linreg_lib.train` does, and `lab.run` is the last TrainingRun.

    What the reader sets arrives in the traits as soon as a control rests, so that `lab.lr` is what
    is shown; and a trait that is set moves its control and leaves the others.

    Args:
        preset: a name out of `PRESETS`.
        views: which of "fit", "loss", "path", "gradient", "table" to show, in this order of the
            page. "fit" is predictions against labels; with one feature, the data and the line.
        controls: which controls to show: "preset" and names out of `DEFAULTS`; None for all.
        buttons: presets to show as words to press.
        title: heading of the widget.
        axes: the two parameters of the path: "w1,w2", "w1,b" or "w2,b"; None for the weights, or
            weight and bias.
        address: the widget's name in the page's address; a page's second lab needs none.
        predict: for a lab below a question: it opens at step 0 and shows nothing of what is to
            come until the reader plays it or moves a control.
        autoplay: play the run once when it comes into view (not under reduced motion).
        num_features: 2, or 1 for data that fit into a picture.
        data: `LabData` to train on instead of data drawn by `synthetic_data`; what would be the
            truth is then the closed form's answer.
        settings: any of lr, batch_size, num_epochs, num_examples (10 to 1000), noise_std, seed,
            clear_gradients, divide_by_batch_size, reshape_labels, update ("inplace",
            "rebind", "momentum", "adam"): over those of every preset here. Traits of the same
            names may be set later.
    """

    _esm = compose("training_lab.js")
    _css = style("training_lab.css")

    lr = t.Float(min=1e-4, max=10).tag(sync=True)
    batch_size = t.Int(min=1, max=1000).tag(sync=True)
    num_epochs = t.Int(min=1, max=20).tag(sync=True)
    num_examples = t.Int(min=10, max=1000).tag(sync=True)
    noise_std = t.Float(min=0, max=2).tag(sync=True)
    seed = t.Int(min=0, max=2**32 - 1).tag(sync=True)
    clear_gradients = t.Bool().tag(sync=True)
    divide_by_batch_size = t.Bool().tag(sync=True)
    reshape_labels = t.Bool().tag(sync=True)
    update = t.Enum(["inplace", "rebind", "momentum", "adam"]).tag(sync=True)
    axes = t.Enum(["w1,w2", "w1,b", "w2,b"]).tag(sync=True)
    views = t.List(t.Enum(VIEWS)).tag(sync=True)
    controls = t.List(t.Enum(CONTROLS)).tag(sync=True)
    title = t.Unicode().tag(sync=True)
    address = t.Unicode().tag(sync=True)
    predict = t.Bool().tag(sync=True)
    autoplay = t.Bool().tag(sync=True)
    buttons = t.List(t.Enum(tuple(PRESETS))).tag(sync=True)
    presets = t.Dict().tag(sync=True)
    true_w = t.List(t.Float()).tag(sync=True)
    true_b = t.Float().tag(sync=True)
    data = t.Dict().tag(sync=True)  # of LabData; empty where the data are drawn

    def __init__(
        self,
        preset: str = "default",
        *,
        views: tuple[str, ...] = VIEWS,
        controls: tuple[str, ...] | None = None,
        title: str = "",
        axes: str | None = None,
        address: str = "lab",
        buttons: tuple[str, ...] = (),
        predict: bool = False,
        autoplay: bool = False,
        num_features: int = 2,
        data: LabData | None = None,
        **settings,
    ):
        if preset not in PRESETS:
            raise ValueError(
                f"preset must be one of {', '.join(PRESETS)}; got {preset!r}. "
                'Write preset="default".'
            )
        for name in settings:
            if name not in DEFAULTS:
                raise TypeError(
                    f"settings are {', '.join(DEFAULTS)}; got {name!r}. Write lr=0.03, for example."
                )
        if num_features not in (1, 2):
            raise ValueError(
                f"num_features must be 1 or 2; got {num_features}. Write num_features=1."
            )
        true_w, true_b = TRUE_W[:num_features], TRUE_B
        self._data, page = None, {}
        if data is not None:
            self._data = data.checked()
            X, y, features, label, unit = self._data
            num_features, settings = X.shape[1], {**settings, "num_examples": len(X)}
            best_w, best_b = least_squares(X, y)
            true_w, true_b = best_w.flatten().tolist(), best_b.item()
            rows = {"X": X.flatten().tolist(), "y": y.flatten().tolist()}
            page = {**rows, "features": list(features), "label": label, "unit": unit}
        allowed = [name for name in CONTROLS if data is None or name not in DRAWN]
        super().__init__(
            views=list(views),
            controls=allowed if controls is None else list(controls),
            title=title,
            axes=axes or ("w1,w2" if num_features == 2 else "w1,b"),
            address=address,
            predict=predict,
            buttons=list(buttons),
            autoplay=autoplay,
            presets={name: {**DEFAULTS, **p, **settings} for name, p in PRESETS.items()},
            true_w=true_w,
            true_b=true_b,
            data=page,
            **{**DEFAULTS, **PRESETS[preset], **settings},
        )
        self.run: TrainingRun | None = None

    def answer(self, question):
        """Train as the view asks: the settings, and the run as five binary arrays."""
        settings = {name: type(value)(question[name]) for name, value in DEFAULTS.items()}
        self.run, true_losses = train_with(settings, len(self.true_w), self._data)
        params, grads = self.run.step_params.numpy(), self.run.step_grads.numpy()
        if len(self.true_w) == 1:  # the view always counts w1, w2, b
            params, grads = (np.insert(a, 1, 0, axis=1) for a in (params, grads))
        steps = (self.run.step_losses.numpy(), params, grads)
        epochs = (self.run.epoch_losses, true_losses)
        buffers = [np.ascontiguousarray(a, np.float32).tobytes() for a in steps]
        buffers += [np.array(a, np.float64).tobytes() for a in epochs]
        return {"settings": settings}, buffers

    def still(self):
        """What the lab shows at first: data and predictions, the loss by step, and a sentence."""
        settings = {name: getattr(self, name) for name in DEFAULTS}
        run, true_losses = train_with(settings, len(self.true_w), self._data)
        X, y, _ = data_of(settings, len(self.true_w), self._data)
        return lab_still(
            (X, y), run, true_losses, settings, self.views, self.predict, self._axis_names()
        )

    def _axis_names(self):
        """What stands across and upward beside data of one's own."""
        if not self.data:
            return ()
        label, unit = self.data["label"], self.data["unit"]
        if len(self.true_w) == 1:
            return self.data["features"][0], f"{label} ({unit})"
        return f"{label} ({unit})", f"prediction ({unit})"
