"""What does a reader's kernel need, and how many readers fit a machine?

Run: python benchmarks/classroom.py [--write]        (Linux; needs the notebooks: make notebooks)
Each chapter runs from top to bottom in a kernel of its own with one thread; the rival is a kernel
that only imports PyTorch, matplotlib and ipywidgets. `--write` renews the table that the page for
teachers shows, deploy/classroom.md.
"""

import argparse
import os
import subprocess
import sys
import time
import urllib.request
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


def run_chapter(path: Path | None) -> dict[str, float]:
    """Run a notebook, or for None the rival; return MiB and processor seconds of its kernel."""
    codes = [(BARE, False)]
    if path:
        cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        codes = [(c.source, "raises-exception" in c.metadata.get("tags", [])) for c in cells]
    with Kernel(sys.executable) as kernel:
        for code, may_fail in codes:
            try:
                kernel.run(code, may_fail)
            except RuntimeError as error:
                sys.exit(f"{path}: {error}")
        return memory_of(kernel.pid) | {"cpu": processor_seconds(kernel.pid)}


def run_server() -> dict[str, float]:
    """Start JupyterLab as a hub does for each reader; return the MiB of the server."""
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=8899", "--allow-root"]
    command += ["--ServerApp.token=", f"--ServerApp.root_dir={NOTEBOOKS}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                for page in ("lab", "api/contents/scratch/data.ipynb"):
                    urllib.request.urlopen(f"http://127.0.0.1:8899/{page}", timeout=10).read()
                return memory_of(server.pid)
            except OSError:
                if time.monotonic() > until or server.poll() is not None:
                    raise
                time.sleep(0.1)
    finally:
        server.terminate()
        server.wait()


def report(bare: dict, chapters: dict[str, dict], server: dict, values: dict) -> str:
    """Write the findings as Markdown."""
    user = values["singleuser"]
    promised, limit = (float(user["memory"][k].removesuffix("G")) for k in ("guarantee", "limit"))
    own = max(c["own"] for c in chapters.values()) + server["own"]
    peak = max(c["peak"] for c in chapters.values()) + server["peak"]
    cpu = max(c["cpu"] for c in chapters.values())
    rows = {
        "a kernel that only imports PyTorch and matplotlib": bare,
        "the chapter that holds least": min(chapters.values(), key=lambda c: c["peak"]),
        "the chapter that computes longest": max(chapters.values(), key=lambda c: c["cpu"]),
        "the chapter that holds most": max(chapters.values(), key=lambda c: c["peak"]),
    }
    lines = [
        "| process | memory at most (MiB) | of it not shared (MiB) | processor (s) |",
        "|---|--:|--:|--:|",
    ]
    for name, r in rows.items():
        lines.append(f"| {name} | {r['peak']:.0f} | {r['own']:.0f} | {r['cpu']:.1f} |")
    lines += [
        f"| the JupyterLab server of one reader | {server['peak']:.0f} | {server['own']:.0f} | |",
        "",
        f"A reader, kernel and server together, therefore holds up to {peak / 1024:.1f} GiB, of "
        f"which {own / 1024:.1f} GiB are shared with nobody. The values file promises "
        f"{promised:g} GB to each and stops a reader at {limit:g} GB. With {SYSTEM_GIB:g} GiB left "
        "for the system, this many readers fit a machine:",
        "",
        "| machine | readers | all of them press *Run All* at once: the last one waits |",
        "|---|--:|--:|",
    ]
    for name, (cpus, gib) in NODES.items():
        readers = int((gib - SYSTEM_GIB) * 1024**3 / (promised * 1000**3))
        lines.append(f"| {name} | {readers} | {readers * cpu / cpus:.0f} s |")
    return "\n".join(lines) + "\n"


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
    for path in sorted(NOTEBOOKS.rglob("*.ipynb")):
        name = path.relative_to(NOTEBOOKS).with_suffix("").as_posix()
        chapters[name] = r = run_chapter(path)
        ratio = r["peak"] / bare["peak"]
        print(
            f"{name:34} {r['peak']:8.0f} {r['own']:8.0f} {r['cpu']:6.1f} {ratio:6.2f}", flush=True
        )
    values = yaml.safe_load((ROOT / "deploy" / "values.yaml").read_text())
    text = report(bare, chapters, run_server(), values)
    print("\n" + text)
    if write:
        FRAGMENT.write_text(text)


if __name__ == "__main__":
    main()
