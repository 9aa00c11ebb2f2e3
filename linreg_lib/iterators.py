"""Minibatches in random order (book: From scratch, Iterators)."""

import operator
from collections.abc import Iterator

import torch
from torch import Tensor

# Rows are gathered this many at a time (at least one batch), so that the cost of a gather is
# shared by many small batches while memory beyond the data stays bounded.
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
        features: (n, ...) with n >= 1.
        labels: (n, ...), the same n.
        shuffle: a new random order at each call; False keeps the order of the data.
        drop_last: leave out a last minibatch that is not full.
        generator: source of the order (a CPU generator); None for PyTorch's global one.

    Yields:
        X (B, ...) and y (B, ...) with B = batch_size, or fewer in the last minibatch.

    Raises:
        TypeError, ValueError: at the call, before the first minibatch is asked for.
    """
    try:
        size = operator.index(batch_size)
    except TypeError:
        size = None
    if size is None or isinstance(batch_size, bool):
        raise TypeError(f"batch_size must be an integer; got {batch_size!r}. Write batch_size=10.")
    if size < 1:
        raise ValueError(f"batch_size must be at least 1; got {size}. Write batch_size=10.")
    n = len(features)
    if n != len(labels):
        raise ValueError(
            f"features and labels must have the same length; got {n} and {len(labels)}. "
            "Give each example one label."
        )
    if n == 0:
        raise ValueError("features and labels must hold at least one example; got none.")
    return _batches(size, features, labels, shuffle, drop_last, generator)


def _batches(size, features, labels, shuffle, drop_last, generator):
    n = len(features)
    stop = n - n % size if drop_last else n
    if not shuffle:
        for i in range(0, stop, size):
            yield features[i : i + size], labels[i : i + size]
        return
    order = torch.randperm(n, generator=generator).to(features.device)
    rows = max(_ROWS_PER_GATHER // size, 1) * size
    for start in range(0, stop, rows):
        chosen = order[start : min(start + rows, stop)]
        yield from zip(features[chosen].split(size), labels[chosen].split(size), strict=True)
