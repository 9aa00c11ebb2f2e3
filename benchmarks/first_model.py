"""How long is it from a fresh environment to the first trained model in a notebook?

Run: python benchmarks/first_model.py [--pip-args "--extra-index-url ..."]
An environment is made, filled by pip, and a kernel trains the running example. The rival is what
every reader of any PyTorch notebook waits for: PyTorch, matplotlib, ipywidgets and a kernel alone.
Downloads count, so the seconds are those of this network; the ratio tells what the book adds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from _kernel import Kernel

ROOT = Path(__file__).resolve().parents[1]
RIVAL = ["torch", "matplotlib", "ipywidgets", "ipykernel", "tqdm"]
IMPORT = "import matplotlib.pyplot, torch, ipywidgets"
TRAIN = """
import torch, linreg_lib
generator = torch.Generator().manual_seed(0)
features, labels = linreg_lib.synthetic_data([2, -3.4], 4.2, 1000, generator=generator)
run = linreg_lib.train(features, labels, generator=generator)
assert run.epoch_losses[-1] < 0.001
"""


def timed(action, *arguments):
    """Call and return the seconds and the result."""
    start = time.perf_counter()
    result = action(*arguments)
    return time.perf_counter() - start, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--pip-args", default=os.environ.get("PIP_ARGS", ""), help="options for pip install"
    )
    options = parser.parse_args().pip_args.split()
    constraints = ["-c", str(ROOT / "constraints.txt")]
    with tempfile.TemporaryDirectory() as folder:
        python = str(Path(folder, "env", "bin", "python"))
        pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
        pip += ["--no-cache-dir", *options, *constraints]

        def install(*packages):
            subprocess.run([*pip, *packages], check=True)

        steps = {"make an environment": timed(venv.create, Path(folder, "env"))[0]}
        steps["install PyTorch, matplotlib, Jupyter's kernel"] = timed(install, *RIVAL)[0]
        seconds, kernel = timed(Kernel(python, folder).__enter__)
        steps["start a kernel"] = seconds
        steps["import what a PyTorch notebook imports"] = kernel.run(IMPORT)
        kernel.__exit__()
        rival = sum(steps.values())
        added = {"install linreg_lib with its widgets": timed(install, f"{ROOT}[notebook]")[0]}
        with Kernel(python, folder) as kernel:
            kernel.run(IMPORT)  # counted above
            added["import linreg_lib and train the first model"] = kernel.run(TRAIN)
        for name, seconds in (steps | added).items():
            print(f"{seconds:8.1f} s  {name}")
        total = rival + sum(added.values())
        print(f"{total:8.1f} s  from nothing to the first trained model")
        print(f"{total / rival:8.2f}    times what any PyTorch notebook takes to its first line")


if __name__ == "__main__":
    main()
