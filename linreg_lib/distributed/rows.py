"""Which rows of a minibatch a process holds."""

from collections.abc import Iterator

import torch
from torch import Tensor

from linreg_lib._arguments import check_regression_data


def own_batches(
    batch_size: int,
    features: Tensor,
    labels: Tensor,
    *,
    first: int,
    num_rows: int,
    generator: torch.Generator,
) -> Iterator[tuple[Tensor, Tensor, int]]:
    """Draw one order over all rows, and yield of each minibatch the rows that are here.

    With generators in the same state every process draws the same order, the one that
    `linreg_lib.data_iter` would draw for all rows in one process.

    Args:
        batch_size: examples in a minibatch of all processes together.
        features: (n, d), labels: (n, ...): the rows of this process; n may be 0.
        first: number of this process's first row among all, counted from 0.
        num_rows: rows of all processes.
        generator: source of the order.

    Yields:
        X, y: this process's share of the minibatch, perhaps no row; and the number of examples of
        the whole minibatch.
    """
    order = torch.randperm(num_rows, generator=generator, device=generator.device)
    for batch in order.split(batch_size):
        rows = batch - first
        rows = rows[(rows >= 0) & (rows < len(features))]
        yield features[rows.to(features.device)], labels[rows.to(labels.device)], len(batch)


def check_rows(features: Tensor, labels: Tensor) -> None:
    """Refuse what `linreg_lib.train` refuses, but let a process hold no row."""
    empty = isinstance(features, Tensor) and isinstance(labels, Tensor) and features.ndim == 2
    if empty and len(features) == 0 and labels.shape in ((0, 1), (0,)):
        one = features.new_zeros(1, features.shape[1])  # a row that stands for none
        features, labels = one, labels.new_zeros(1)
    check_regression_data(features, labels)
