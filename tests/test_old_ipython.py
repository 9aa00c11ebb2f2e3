"""Hints are printed by IPython 7.34 too, the one of Colab: terminal, kernel, nbconvert.

The environment of its own has IPython 7.34 and ipykernel 6.17 and nothing else: a `.pth` file
lends it everything that this environment has, PyTorch included.
"""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
from building import ROOT
from colab import IPYTHON

STEP = "loss = (3 * w - 6) ** 2; loss.backward(); w = w - 0.1 * w.grad"
CELLS = [
    "import ipykernel; assert ipykernel.__version__ == '6.17.1'",
    "%load_ext linreg_lib.hints",
    "import torch; w = torch.zeros(1, requires_grad=True)",
    STEP,
    STEP,
]
SAID = ["Hint: `w.grad` is None.", "(line 1 of cell [4])", "book/pitfalls/rebind-update.html"]


@pytest.fixture(scope="module")
def python(tmp_path_factory) -> Path:
    """An interpreter with the old IPython."""
    home = tmp_path_factory.mktemp("ipython7")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "-q"]
    subprocess.run([*pip, *IPYTHON], check=True)
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    Path(site, "lent.pth").write_text(f"{sysconfig.get_paths()['purelib']}\n{ROOT}\n")
    return python


@pytest.fixture(scope="module")
def kernel(python, tmp_path_factory) -> str:
    """The name of its kernel, known to Jupyter for these tests alone."""
    folder = tmp_path_factory.mktemp("jupyter")
    spec = folder / "kernels" / "ipython7" / "kernel.json"
    spec.parent.mkdir(parents=True)
    start = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": start, "display_name": "old", "language": "python"}))
    patch = pytest.MonkeyPatch()
    patch.setenv("JUPYTER_PATH", str(folder))
    patch.delenv("PYTHONPATH", raising=False)
    yield "ipython7"
    patch.undo()


def notebook(kernel: str) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    spec = {"kernelspec": {"name": kernel, "display_name": "old"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=spec)


def printed(cell: nbformat.NotebookNode) -> str:
    """Return what a cell's reader sees: the text of its outputs."""
    return "".join("\n".join(o.get("traceback", [])) + o.get("text", "") for o in cell.outputs)


def test_the_terminal_prints_the_hint(python, tmp_path):
    done = subprocess.run(
        [python, "-m", "IPython", "--simple-prompt", "--colors=NoColor"],
        input="\n".join([*CELLS, "exit", ""]),
        capture_output=True,
        text=True,
        env={**os.environ, "IPYTHONDIR": str(tmp_path), "PYTHONPATH": ""},
        check=True,
    )
    assert "IPython 7.34.0" in done.stdout
    assert "TypeError" in done.stdout
    for text in SAID:
        assert (done.stdout + done.stderr).count(text) == 1


def test_the_kernel_prints_the_hint_through_nbclient_and_nbconvert(kernel, tmp_path):
    source = tmp_path / "notebook.ipynb"
    nbformat.write(notebook(kernel), source)
    run = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors"]
    subprocess.run([*run, "--output", "executed.ipynb", source], capture_output=True, check=True)
    executed = nbformat.read(tmp_path / "executed.ipynb", as_version=4)
    said = printed(executed.cells[-1])
    assert "TypeError" in said
    for text in SAID:
        assert said.count(text) == 1
