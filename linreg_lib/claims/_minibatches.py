"""The experiments of claims B: minibatches (book: Claims, checked)."""

import statistics

import torch
from torch import Tensor

from linreg_lib import data_iter, least_squares, train
from linreg_lib.claims._tools import TRUE_B, TRUE_W, data, experiment, seeded, trained
from linreg_lib.data import synthetic_data
from linreg_lib.pitfalls import sgd_dividing_by


def _one_at_a_time(batch_size: int, features: Tensor, labels: Tensor):
    """The chapter's iterator: each minibatch is gathered when it is asked for."""
    order = torch.randperm(len(features), generator=seeded(0))
    for i in range(0, len(features), batch_size):
        rows = order[i : i + batch_size]
        yield features[rows], labels[rows]


def _bytes(tensors) -> int:
    """Bytes that these tensors keep in memory, each storage once."""
    storages = {t.untyped_storage().data_ptr(): t.untyped_storage().nbytes() for t in tensors}
    return sum(storages.values())


@experiment
def b1_lazy() -> dict:
    X, y = data()
    first = next(_one_at_a_time(10, X, y))
    everything = [t for batch in _one_at_a_time(10, X, y) for t in batch]
    data_bytes, batch_bytes, list_bytes = (_bytes(group) for group in ((X, y), first, everything))
    assert list_bytes == data_bytes, "the list would be a second copy of the data"
    assert batch_bytes == data_bytes / 100
    # The library gathers many minibatches at once: its first one holds on to all of them.
    gathered = _bytes(next(data_iter(10, X, y, generator=seeded(0))))
    assert gathered == data_bytes
    large = torch.zeros(50_000, 2), torch.zeros(50_000, 1)
    assert _bytes(next(data_iter(10, *large))) < _bytes(large) / 3
    return {"batch_bytes": batch_bytes, "data_bytes": data_bytes, "gathered": gathered}


@experiment
def b2_every_example_once() -> dict:
    X = torch.arange(107.0).reshape(-1, 1)
    epoch = [x for x, _ in data_iter(10, X, X, generator=seeded(0))]
    seen = torch.cat(epoch).flatten()
    assert seen.sort().values.tolist() == X.flatten().tolist()
    again = torch.cat([x for x, _ in data_iter(10, X, X, generator=seeded(1))]).flatten()
    assert again.tolist() != seen.tolist(), "reshuffling makes other minibatches"
    in_order = torch.cat([x for x, _ in data_iter(10, X, X, shuffle=False)])
    assert len(in_order) == 107, "without reshuffling none is missed either"
    kept = torch.cat([x for x, _ in data_iter(10, X, X, drop_last=True, generator=seeded(0))])
    return {"n": 107, "seen": len(seen), "last": len(epoch[-1]), "dropped": len(X) - len(kept)}


@experiment
def b3_short_last_batch() -> dict:
    own = trained(n=107, num_epochs=1)
    fixed = trained(n=107, num_epochs=1, update=sgd_dividing_by(10))
    lengths = [run.step_params.diff(dim=0)[-1].norm() for run in (fixed, own)]
    ratio = (lengths[0] / lengths[1]).item()
    assert abs(ratio - 0.7) < 1e-3
    # The price of each convention: the distance from the closed form, the median of five seeds.
    lone_own, lone_fixed = _distances(n=961, batch_size=64, lr=0.1)
    assert lone_own > 5 * lone_fixed, "one leftover example takes a whole step: it scatters"
    slow_own, slow_fixed = _distances(n=1001, batch_size=1000, lr=0.1)
    assert slow_fixed > 1.5 * slow_own, "at a small rate the second, whole step of an epoch helps"
    return {"ratio": ratio, "own": lone_own, "fixed": lone_fixed}


def _distances(*, n: int, batch_size: int, lr: float) -> list[float]:
    """Train ten epochs on noisy data, dividing by `len(X)`, then by `batch_size`."""
    found = []
    for options in ({}, {"update": sgd_dividing_by(batch_size)}):
        distances = []
        for seed in range(5):
            X, y = synthetic_data(TRUE_W, TRUE_B, n, noise_std=1.0, generator=seeded(seed))
            options |= {"lr": lr, "batch_size": batch_size, "num_epochs": 10}
            run = train(X, y, generator=seeded(seed + 100), **options)
            w, b = least_squares(X, y)
            gap = torch.cat([run.w.detach() - w, (run.b.detach() - b).reshape(1, 1)])
            distances.append(gap.norm().item())
        found.append(statistics.median(distances))
    return found
