"""The experiments of claims B: minibatches (book: Claims, checked)."""

import torch

from linreg_lib import data_iter
from linreg_lib.claims._tools import data, experiment, seeded, trained
from linreg_lib.pitfalls import sgd_dividing_by


@experiment
def b1_lazy() -> dict:
    X, y = data()
    batches = data_iter(10, X, y, generator=seeded(0))
    assert iter(batches) is batches, "an iterator, not a list"
    first, _ = next(batches)
    batch_bytes = first.numel() * first.element_size()
    data_bytes = X.untyped_storage().nbytes()
    whole = sum(b.numel() * b.element_size() for b, _ in data_iter(10, X, y))
    assert whole == data_bytes, "all minibatches together would be a second copy of the data"
    return {"batch_bytes": batch_bytes, "data_bytes": data_bytes}


@experiment
def b2_every_example_once() -> dict:
    X = torch.arange(107.0).reshape(-1, 1)
    seen = torch.cat([x for x, _ in data_iter(10, X, X, generator=seeded(0))])
    assert seen.flatten().sort().values.tolist() == X.flatten().tolist()
    kept = torch.cat([x for x, _ in data_iter(10, X, X, drop_last=True, generator=seeded(0))])
    last = [len(x) for x, _ in data_iter(10, X, X)][-1]
    assert last == 7
    return {"n": 107, "seen": len(seen), "last": last, "dropped": len(X) - len(kept)}


@experiment
def b3_short_last_batch() -> dict:
    right = trained(n=107, num_epochs=1)
    fixed = trained(n=107, num_epochs=1, update=sgd_dividing_by(10))
    full = right.step_params.diff(dim=0)[-1].norm()
    short = fixed.step_params.diff(dim=0)[-1].norm()
    ratio = (short / full).item()
    assert abs(ratio - 0.7) < 1e-3
    return {"ratio": ratio}
