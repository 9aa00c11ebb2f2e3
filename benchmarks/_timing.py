"""Timing shared by the benchmarks: the rivals take turns, so a busy moment hits them all."""

import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path


def turns(rivals: dict[str, Callable[[], object]], repeats: int) -> dict[str, list[float]]:
    """Call every rival once to warm up, then in turns; return each call's processor seconds."""
    seconds = {name: [] for name in rivals}
    for turn in range(repeats + 1):
        for name, run in rivals.items():
            start = time.process_time()
            run()
            elapsed = time.process_time() - start
            if turn > 0 or repeats == 0:  # repeats = 0: once, cold, for what takes long
                seconds[name].append(elapsed)
    return seconds


def medians(rivals: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Call the rivals in turns; return median processor seconds."""
    return {name: statistics.median(values) for name, values in turns(rivals, repeats).items()}


def ratios(one: str, rivals: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Call the rivals in turns; return the time of `one` by that of each, the median of the turns.

    A machine that slows down for a while slows both of a pair.
    """
    seconds = turns(rivals, repeats)
    pairs = {name: zip(seconds[one], values, strict=True) for name, values in seconds.items()}
    return {name: statistics.median(a / b for a, b in pair) for name, pair in pairs.items()}


def peak_bytes() -> int:
    """Return the most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux: what getrusage says there includes the parent's memory at the fork
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
