"""The classic mistakes, each with a wrong and a right program (book: Pitfalls).

`PITFALLS["second-backward"].wrong` is source text for the stepper; `run_program` runs it and
returns the error it ends with. The functions (`sgd_keeping_gradients`, ...) can be passed to
`linreg_lib.train`.
"""

from linreg_lib.pitfalls import (
    _accumulating_gradients,
    _graph_lifetime,
    _leaves_and_updates,
    _names_and_memory,
    _shapes_and_dtypes,
    _step_size_and_scale,
)
from linreg_lib.pitfalls._base import Lookalike, Outcome, Pitfall, run_program
from linreg_lib.pitfalls.functions import (
    linreg_under_no_grad,
    mean_squared_loss,
    sgd_data,
    sgd_dividing_by,
    sgd_keeping_gradients,
    sgd_rebinding,
    sgd_weight_decay_typo,
    sgd_without_division,
    sgd_zeroing_first,
    squared_loss_broadcasting,
)

PITFALLS: dict[str, Pitfall] = {
    pitfall.name: pitfall
    for module in (
        _names_and_memory,
        _leaves_and_updates,
        _accumulating_gradients,
        _graph_lifetime,
        _shapes_and_dtypes,
        _step_size_and_scale,
    )
    for pitfall in module.PITFALLS
}
"""Every pitfall by its name, in the order of the book's pages."""

__all__ = [
    "PITFALLS",
    "Lookalike",
    "Outcome",
    "Pitfall",
    "linreg_under_no_grad",
    "mean_squared_loss",
    "run_program",
    "sgd_data",
    "sgd_dividing_by",
    "sgd_keeping_gradients",
    "sgd_rebinding",
    "sgd_weight_decay_typo",
    "sgd_without_division",
    "sgd_zeroing_first",
    "squared_loss_broadcasting",
]
