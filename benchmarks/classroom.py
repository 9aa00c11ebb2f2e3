"""What does a reader's kernel need, and how many readers fit a machine?

Run: python benchmarks/classroom.py [--write]        (Linux; needs the notebooks: make notebooks)
Each chapter runs from top to bottom in a kernel of its own with one thread; the rival is a kernel
that only imports PyTorch, matplotlib and ipywidgets. Then a reader's session: JupyterLab's server
and the kernels of one, three and five chapters, all left open, those that hold most. `--write`
renews the tables that the page for teachers shows, deploy/classroom.md.
"""

import argparse
import math
import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import nbformat
import yaml
from _kernel import Kernel, memory_of, processor_seconds

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "_build" / "notebooks" / "book"
FRAGMENT = ROOT / "deploy" / "classroom.md"
BARE = "import matplotlib.pyplot, torch, ipywidgets"
NODES = {"4 CPUs, 16 GiB": (4, 16), "8 CPUs, 32 GiB": (8, 32), "16 CPUs, 64 GiB": (16, 64)}
SYSTEM_GIB = 1.5  # what Kubernetes and its pods take of a machine
PODS, SYSTEM_PODS = 110, 12  # Kubernetes' own limit for a machine, and its pods there


def cells_of(path: Path) -> list[tuple[str, bool]]:
    """Give the code of a notebook, each cell with whether it may fail."""
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    return [(c.source, "raises-exception" in c.metadata.get("tags", [])) for c in cells]


def run(kernel: Kernel, cells: list[tuple[str, bool]]) -> None:
    """Run cells in a kernel, one after another."""
    for code, may_fail in cells:
        kernel.run(code, may_fail)


def run_chapter(path: Path | None) -> dict[str, float]:
    """Run a notebook, or for None the rival; return MiB and processor seconds of its kernel."""
    with Kernel(sys.executable) as kernel:
        run(kernel, cells_of(path) if path else [(BARE, False)])
        return memory_of(kernel.pid) | {"cpu": processor_seconds(kernel.pid)}


def run_session(paths: list[Path]) -> float:
    """Open chapters beside a server and leave them open; return the MiB of all processes together.

    What they share, PyTorch's libraries above all, counts once, as it does for a container's limit.
    """
    with server() as pid, ExitStack() as opened:
        kernels = [opened.enter_context(Kernel(sys.executable)) for _ in paths]
        for kernel, path in zip(kernels, paths, strict=True):
            run(kernel, cells_of(path))
        held = [memory_of(one) for one in (pid, *(kernel.pid for kernel in kernels))]
        return sum(one["own"] for one in held) + max(one["lent"] for one in held)


@contextmanager
def server():
    """Start JupyterLab as a hub does for each reader; give its process id."""
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=8899", "--allow-root"]
    command += ["--ServerApp.token=", f"--ServerApp.root_dir={NOTEBOOKS}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        for page in ("lab", "api/contents/scratch/data.ipynb"):
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:8899/{page}", timeout=10).read()
                    break
                except OSError:
                    if time.monotonic() > until or process.poll() is not None:
                        raise
                    time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def minutes(path: Path) -> int:
    """Estimate what a chapter takes: words at a teacher's pace, and time for hands.

    120 words a minute, half a minute a cell, 5 minutes a figure to play with, 8 an exercise.
    """
    cells = nbformat.read(path, as_version=4).cells
    prose = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    code = [c.source for c in cells if c.cell_type == "code"]
    figures = sum(
        bool(re.search(r"(TrainingLab|AutogradStepper|MinibatchViewer)\(", c)) for c in code
    )
    exercises = len(re.findall(r"\*\*Exercise \d+", prose))
    return round(len(prose.split()) / 120 + 0.5 * len(code) + 5 * figures + 8 * exercises)


def report(bare: dict, chapters: dict[Path, dict], sessions: dict[int, float], values: dict) -> str:
    """Write the findings as Markdown."""
    user = values["singleuser"]
    promised, limit = (float(user["memory"][k].removesuffix("G")) for k in ("guarantee", "limit"))
    cpu = max(c["cpu"] for c in chapters.values())
    rows = {
        "a kernel that only imports PyTorch and matplotlib": bare,
        "the chapter that holds least": min(chapters.values(), key=lambda c: c["peak"]),
        "the chapter that computes longest": max(chapters.values(), key=lambda c: c["cpu"]),
        "the chapter that holds most": max(chapters.values(), key=lambda c: c["peak"]),
    }
    lines = ["| kernel | memory at most (MiB) | processor (s) |", "|---|--:|--:|"]
    lines += [f"| {name} | {r['peak']:.0f} | {r['cpu']:.1f} |" for name, r in rows.items()]
    lines += ["", "| a reader's session, server included | memory (MiB) |", "|---|--:|"]
    for opened, mib in sessions.items():
        lines.append(f"| {opened} chapter{'s' if opened > 1 else ''} open | {mib:.0f} |")
    lines += [
        "",
        f"The values file promises {promised:g} GB to each reader and stops one at {limit:g} GB. "
        f"With {SYSTEM_GIB:g} GiB left for the system, and no more than the {PODS} pods that "
        f"Kubernetes lets on one machine ({SYSTEM_PODS} of them its own), this many readers fit:",
        "",
        "| machine | readers | machines for 30 | for 300 | for 1,000 | all run a chapter: wait |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, (cpus, gib) in NODES.items():
        room = int((gib - SYSTEM_GIB) * 1024**3 / (promised * 1000**3))
        readers = min(room, PODS - SYSTEM_PODS)
        machines = " | ".join(str(math.ceil(n / readers)) for n in (30, 300, 1000))
        lines.append(f"| {name} | {readers} | {machines} | {readers * cpu / cpus:.0f} s |")
    lines += ["", "| chapter | minutes |", "|---|--:|"]
    total = 0
    for path in chapters:
        if path.stem in ("index", "claims", "playground"):
            continue
        total += minutes(path)
        title = nbformat.read(path, as_version=4).cells[0].source.partition("\n")[0].lstrip("# ")
        lines.append(f"| {title} | {minutes(path)} |")
    lines.append(f"| **together** | **{total}** |")
    return "\n".join(lines) + "\n"


def in_order(paths: list[Path]) -> list[Path]:
    """Sort notebooks as the book's table of contents does."""
    listed = re.findall(r"file: book/(\S+)", (ROOT / "_toc.yml").read_text())
    names = {path: path.relative_to(NOTEBOOKS).with_suffix("").as_posix() for path in paths}
    return sorted(
        paths, key=lambda path: listed.index(names[path]) if names[path] in listed else -1
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="renew the table of the book")
    write = parser.parse_args().write
    if not sys.platform.startswith("linux"):
        sys.exit("this benchmark reads /proc, which only Linux has")
    if not NOTEBOOKS.is_dir():
        sys.exit("there are no notebooks yet: run 'make notebooks'")
    os.environ |= {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    bare = run_chapter(None)
    print("chapter                            peak MiB  own MiB  CPU s  peak / bare kernel's")
    chapters = {}
    paths = [path for path in NOTEBOOKS.rglob("*.ipynb") if "pitfalls" not in path.parts]
    for path in in_order(paths):  # a pitfall's page holds less than any chapter
        name = path.relative_to(NOTEBOOKS).with_suffix("").as_posix()
        chapters[path] = r = run_chapter(path)
        ratio = r["peak"] / bare["peak"]
        print(
            f"{name:34} {r['peak']:8.0f} {r['own']:8.0f} {r['cpu']:6.1f} {ratio:6.2f}", flush=True
        )
    most = sorted(chapters, key=lambda path: -chapters[path]["peak"])
    sessions = {opened: run_session(most[:opened]) for opened in (1, 3, 5)}
    values = yaml.safe_load((ROOT / "deploy" / "values.yaml").read_text())
    text = report(bare, chapters, sessions, values)
    print("\n" + text)
    if write:
        FRAGMENT.write_text(text)


if __name__ == "__main__":
    main()
