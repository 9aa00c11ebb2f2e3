"""Minibatches in random order (book: From scratch, Iterators)."""

from collections.abc import Iterator

import torch
from torch import Tensor

from linreg_lib._arguments import check_count, check_generator, check_pairs

# Rows are gathered this many at a time (at least one batch), so that many small batches share
# the cost of one gather, while memory beyond the data stays bounded.
_ROWS_PER_GATHER = 16_384


def data_iter(
    batch_size: int,
    features: Tensor,
    labels: Tensor,
    *,
    shuffle: bool = True,
    drop_last: bool = False,
    generator: torch.Generator | None = None,
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield minibatches (X, y) that show every example exactly once: one epoch.

    Args:
        batch_size: examples in a minibatch, >= 1; the last one holds what is left.
        features: (n, ...) with n >= 1, of any dtype, on any device; values are not looked at.
        labels: (n, ...), the same n.
        shuffle: a new random order at each pass; False keeps the order of the data.
        drop_last: leave out a last minibatch that is not full.
        generator: source of the order, on any device; None for PyTorch's global one.

    Yields:
        X (B, ...) and y (B, ...) with B = batch_size, or fewer in the last minibatch. They are
        slices of a copy: writing into them leaves the data as they are.

    Raises:
        TypeError, ValueError: for a batch_size < 1 or not an integer, for data that are empty or
            of different lengths; at the call, before the first minibatch is asked for.
    """
    batch_size = check_count("batch_size", batch_size, example=10)
    n = check_pairs(features, labels)
    check_generator(generator)
    # A function with `yield` runs nothing before the first `next`: it must be another one.
    return _batches(batch_size, features, labels, n, shuffle, drop_last, generator)


def _batches(batch_size, features, labels, n, shuffle, drop_last, generator):
    if shuffle:
        device = features.device if generator is None else generator.device
        order = torch.randperm(n, generator=generator, device=device)
    else:
        order = torch.arange(n)
    stop = n - n % batch_size if drop_last else n
    rows = max(_ROWS_PER_GATHER // batch_size, 1) * batch_size
    for start in range(0, stop, rows):
        chosen = order[start : min(start + rows, stop)]
        X = features[chosen.to(features.device)]
        y = labels[chosen.to(labels.device)]
        yield from zip(X.split(batch_size), y.split(batch_size), strict=True)
