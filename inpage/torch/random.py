"""torch.random."""

import contextlib

from torch._mini.names import RANDOM
from torch._mini.random import default_generator, get_rng_state, manual_seed, seed, set_rng_state
from torch._mini.refusal import lacking


@contextlib.contextmanager
def fork_rng(devices=None, enabled=True, **other):
    """Put the global random state back afterwards."""
    state = get_rng_state()
    try:
        yield
    finally:
        if enabled:
            set_rng_state(state)


__all__ = ["default_generator", "fork_rng", "get_rng_state", "manual_seed", "seed", "set_rng_state"]
__getattr__ = lacking("torch.random", RANDOM)
