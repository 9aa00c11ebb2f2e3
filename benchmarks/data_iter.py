"""Is `data_iter` as fast as the classic iterator, 5 times faster than `DataLoader`, and lean?

Run: python benchmarks/data_iter.py [--max-rows 1000000]
One epoch over n rows of two features, one thread. Ratios are of median times, the rivals taking
turns; memory is the growth of a child process' peak while it goes through the data.
"""

import argparse
import random
import subprocess
import sys
from functools import partial

import torch
from _timing import medians, peak_bytes
from torch.utils.data import DataLoader, TensorDataset

from linreg_lib import data_iter

TURNS = {1_000: 51, 100_000: 5, 1_000_000: 3, 10_000_000: 0}


def classic(batch_size, features, labels):
    """Shuffle a list of indices and select rows by a slice of it, as most courses do."""
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(indices), batch_size):
        rows = torch.tensor(indices[i : i + batch_size])
        yield features[rows], labels[rows]


def loader(batch_size, features, labels):
    """Use what PyTorch brings."""
    return DataLoader(TensorDataset(features, labels), batch_size, shuffle=True)


ITERATORS = {"data_iter": data_iter, "classic": classic, "DataLoader": loader}


def epoch(name: str, batch_size: int, features, labels) -> None:
    for _X, _y in ITERATORS[name](batch_size, features, labels):
        pass


def random_rows(n: int):
    return torch.randn(n, 2), torch.randn(n, 1)


def memory_growth(name: str, n: int, batch_size: int) -> int:
    """Measure in a child, since the peak of a process never goes down again."""
    command = [sys.executable, __file__, "--child", name, str(n), str(batch_size)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def child(name: str, n: int, batch_size: int) -> None:
    features, labels = random_rows(n)
    epoch(name, batch_size, *random_rows(100))  # what is loaded at the first use does not count
    before = peak_bytes()
    epoch(name, batch_size, features, labels)
    print(peak_bytes() - before)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--max-rows", type=int, default=10_000_000)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.child:
        child(args.child[0], int(args.child[1]), int(args.child[2]))
        return
    print("                    time of data_iter / time of        memory beyond the data, MB")
    print("      rows  batch   classic (<= 1)  DataLoader (<= 0.2)  data_iter  classic  one index")
    for n, turns in TURNS.items():
        if n > args.max_rows:
            break
        features, labels = random_rows(n)
        for batch_size in (10, 256):
            rivals = {
                name: partial(epoch, name, batch_size, features, labels) for name in ITERATORS
            }
            time = medians(rivals, turns)
            mb = [memory_growth(name, n, batch_size) / 1e6 for name in ("data_iter", "classic")]
            print(
                f"{n:10,}  {batch_size:5}   {time['data_iter'] / time['classic']:14.3f}"
                f"  {time['data_iter'] / time['DataLoader']:19.4f}"
                f"  {mb[0]:9.1f}  {mb[1]:7.1f}  {8 * n / 1e6:9.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
