"""The group of processes: how each joins it, and how they agree before they begin."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch.distributed as dist

# What torchrun tells the processes that it starts.
_FROM_TORCHRUN = ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")


@contextmanager
def process_group(backend: str = "gloo") -> Iterator[tuple[int, int]]:
    """Join the group that torchrun started; give this process's rank and the group's size.

    After a crash torchrun starts all processes anew, and these must not find the addresses that
    the old ones left behind: each start of a machine's group has keys of its own.

    Args:
        backend: "gloo" for tensors on the CPU, "nccl" for tensors on GPUs.

    Raises:
        RuntimeError: for a process that torchrun did not start.
    """
    missing = [name for name in _FROM_TORCHRUN if name not in os.environ]
    if missing:
        raise RuntimeError(
            f"a group needs to know its processes; the environment lacks {', '.join(missing)}. "
            "Start the program with torchrun: torchrun --nproc-per-node 2 -m linreg_lib.distributed"
        )
    rank, size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    dist.init_process_group(backend, store=_store(rank, size), rank=rank, world_size=size)
    try:
        yield rank, size
    finally:
        dist.destroy_process_group()


def _store(rank: int, size: int) -> dist.Store:
    """Give the store through which the processes find each other."""
    store, _, _ = next(dist.rendezvous("env://", rank=rank, world_size=size))
    # With several machines each counts its own restarts, so the count would part them. There set
    # TORCH_DISABLE_SHARE_RDZV_TCP_STORE=1: torchrun then opens a new store for each start.
    if os.environ.get("GROUP_WORLD_SIZE", "1") == "1":
        start = os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")
        store = dist.PrefixStore(f"linreg_lib/start-{start}", store)
    return store


def all_agree(facts: Callable[[], dict]) -> list[dict]:
    """Call `facts` on every process and give the answers of all, in the order of the ranks.

    A process that refused its arguments alone would leave the others waiting: if one refuses, all
    do. Facts whose name begins with an underscore may differ.

    Raises:
        TypeError, ValueError: the process's own refusal, or a ValueError that tells whose it was.
    """
    if not (dist.is_available() and dist.is_initialized()):
        raise RuntimeError(
            "training in several processes needs a process group; got none. "
            "Write `with linreg_lib.distributed.process_group():` and start it with torchrun."
        )
    own, refusal = None, None
    try:
        own = facts()
    except (TypeError, ValueError) as error:
        refusal = error
    answers = [None] * dist.get_world_size()
    dist.all_gather_object(answers, (own, str(refusal)))
    if refusal is not None:
        raise refusal
    for rank, (answer, why) in enumerate(answers):
        if answer is None:
            raise ValueError(f"process {rank} refused its arguments: {why}")
    for name, value in answers[0][0].items():
        for rank, (answer, _) in enumerate(answers):
            if answer[name] != value and not name.startswith("_"):
                raise ValueError(
                    f"{name} must be the same on every process; got {value} on process 0 and "
                    f"{answer[name]} on process {rank}. Give all processes the same."
                )
    return [answer for answer, _ in answers]
