"""What do several processes cost and bring, against one?

Run: python benchmarks/distributed.py
Under torchrun on this machine: the start, one all-reduce of four numbers, and examples a second in
training with small and large minibatches, in 1, 2 and (where there are 4 cores) 4 processes, each
with one thread; the rival is `linreg_lib.train` in one process. Times are wall clock.
"""

import os
import statistics
import subprocess
import sys
import time

import torch
import torch.distributed as dist

import linreg_lib
from linreg_lib import distributed

NUM_EXAMPLES = 1_000_000
BATCH_SIZES = (1_000, 10_000, 100_000)


def data():
    generator = torch.Generator().manual_seed(0)
    X, y = linreg_lib.synthetic_data([2.0, -3.4], 4.2, NUM_EXAMPLES, generator=generator)
    return X, y, generator


def speeds(train, X, y, generator) -> list[float]:
    """Give examples a second for each batch size; one epoch, the better of two."""
    found = []
    for batch_size in BATCH_SIZES:
        seconds = []
        for _ in range(2):
            start = time.perf_counter()
            train(X, y, batch_size=batch_size, num_epochs=1, lr=0.03, generator=generator)
            seconds.append(time.perf_counter() - start)
        found.append(NUM_EXAMPLES / min(seconds))
    return found


def worker() -> None:
    """Measure as one of the processes; process 0 prints."""
    torch.set_num_threads(1)
    with distributed.process_group() as (rank, size):
        joined = time.time()
        numbers, seconds = torch.zeros(4), []
        for _ in range(300):
            start = time.perf_counter()
            dist.all_reduce(numbers)
            seconds.append(time.perf_counter() - start)
        X, y, generator = data()
        own = X.tensor_split(size)[rank].clone(), y.tensor_split(size)[rank].clone()
        found = speeds(distributed.train, *own, generator)
        if rank == 0:
            print(joined, statistics.median(seconds), *found)


def step_seconds() -> tuple[float, float]:
    """Time forward and backward on 1 and on 100,000 examples; give what an example adds."""
    X, y, _ = data()
    w, b = linreg_lib.init_params(2)

    def once(n):
        start = time.perf_counter()
        linreg_lib.squared_loss(linreg_lib.linreg(X[:n], w, b), y[:n]).sum().backward()
        return time.perf_counter() - start

    small, large = (statistics.median(once(n) for _ in range(50)) for n in (1, 100_000))
    return small, (large - small) / 100_000


def main() -> None:
    torch.set_num_threads(1)
    small, example = step_seconds()
    print(f"forward and backward of one process: {small * 1e3:.3f} ms a step,", end=" ")
    print(f"{example * 1e6:.3f} us an example")
    alone = speeds(linreg_lib.train, *data())
    heads = [f"batch {size:,}" for size in BATCH_SIZES]
    print(f"{'':14}{'start (s)':>10}{'all-reduce (ms)':>17}", *(f"{h:>15}" for h in heads))
    print(f"{'linreg_lib':14}{'':27}", *(f"{x:10,.0f} ex/s" for x in alone))
    for size in (1, 2, 4):
        if size > max(2, os.cpu_count() or 1):
            continue
        command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
        command += [f"--nproc-per-node={size}", __file__, "worker"]
        env = {**os.environ, "OMP_NUM_THREADS": "1"}
        began = time.time()
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
        joined, message, *found = map(float, done.stdout.split())
        ratios = [f"{a / b:13.2f} x" for a, b in zip(found, alone, strict=True)]
        print(f"{f'{size} processes':14}{joined - began:10.1f}{message * 1e3:17.3f}", *ratios)


if __name__ == "__main__":
    worker() if sys.argv[1:] == ["worker"] else main()
