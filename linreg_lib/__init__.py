"""Linear regression from scratch in PyTorch: the package that every chapter of the book imports.

Importing it loads torch and nothing heavier; figures and widgets live in submodules of their own
(`linreg_lib.plots`, `linreg_lib.widgets`).
"""

from linreg_lib.data import synthetic_data
from linreg_lib.iterators import data_iter
from linreg_lib.loss import squared_loss
from linreg_lib.model import init_params, least_squares, linreg
from linreg_lib.real_data import penguins
from linreg_lib.sgd import sgd
from linreg_lib.training import Step, TrainingRun, train

__version__ = "0.1.0"

__all__ = [
    "Step",
    "TrainingRun",
    "data_iter",
    "init_params",
    "least_squares",
    "linreg",
    "penguins",
    "sgd",
    "squared_loss",
    "synthetic_data",
    "train",
]
