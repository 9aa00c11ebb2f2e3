"""Every portable notebook runs from top to bottom where the repository is not.

The kernel is a Python with `linreg_lib` from the wheel, in an empty folder. The notebooks run with
the packages of the book, then some of them with Colab's IPython, ipykernel and ipywidgets; once a
week all of them.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import sysconfig
import venv

import nbformat
import pytest
from book_execution import KERNEL_ENV
from book_notebooks import INSTALL
from colab import IPYTHON, IPYWIDGETS
from forked_kernels import manager
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from nbclient import NotebookClient

from linreg_lib.pitfalls import TOPICS

# Greets every widget as a view would, and reports what a reader would not see.
PROBE = """
import IPython, ipykernel, json, sys

def greeted(widget):
    replies = []
    widget.send = lambda content, buffers=None: replies.append(content["kind"])
    widget._handle_custom_msg({"kind": "hello"}, [])
    del widget.send
    return replies

widgets = sys.modules.get("ipywidgets")
if widgets is None:
    report = {"ipywidgets": None, "package": sys.modules["linreg_lib"].__file__}
else:
    registry = getattr(widgets.widgets.widget, "_instances", None)  # ipywidgets 8
    registry = registry if registry is not None else widgets.Widget.widgets  # ipywidgets 7
    books = [w for w in list(registry.values()) if type(w).__module__.startswith("linreg_lib")]
    report = {
        "ipywidgets": widgets.__version__,
        "package": sys.modules["linreg_lib"].__file__,
        "replies": [greeted(w) for w in books],
    }
report["versions"] = [IPython.__version__, ipykernel.__version__]
print(json.dumps(report))
"""
# A mistake of the reader's own, at the end of each notebook: the hint is printed there, too.
MISTAKE = """
import torch
w = torch.zeros(1, requires_grad=True)
for _ in range(2):
    loss = (3 * w - 6) ** 2
    loss.backward()
    w = w - 0.1 * w.grad
"""
HINT = re.compile(r"Hint: .*")
COLOR = re.compile(r"\x1b\[[0-9;]*m")
STATE = "application/vnd.jupyter.widget-state+json"


def kernels_of(python):
    """Give a class of managers whose kernels run `python`."""
    command = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = KernelSpec(argv=command, display_name="Python 3", language="python")
    return type("CleanKernelManager", (AsyncKernelManager,), {"kernel_spec": spec})


def environment(path=""):
    """Give the variables of a kernel: nothing that leads it to the repository."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env |= {"OMP_NUM_THREADS": "1", "MPLBACKEND": KERNEL_ENV["MPLBACKEND"]}
    return env | ({"PYTHONPATH": str(path)} if path else {})


async def run_one(notebook, folder, kernels, env):
    """Run all cells of a notebook in an empty folder; give the error, if there is one."""
    client = NotebookClient(
        notebook,
        kernel_manager_class=kernels,
        timeout=120,
        resources={"metadata": {"path": str(folder)}},
        shutdown_kernel="immediate",
    )
    try:
        await client.async_execute(env=env)
    except Exception as error:
        return str(error)
    return swallowed(notebook)


def run(notebook, folder, python):
    return asyncio.run(run_one(notebook, folder, kernels_of(python), environment()))


def swallowed(notebook):
    """Find an error that a widget kept to itself: it is in the widget's state, not in the cell."""
    models = notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    for model in models.values():
        for output in model.get("state", {}).get("outputs", ()):
            if output["output_type"] == "error":
                return f"in a widget's output: {output['ename']}: {output['evalue']}"
    return None


def hints(notebook):
    """Give the hints that a notebook's reader sees."""
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    text = "\n".join(o.get("text", "") + "\n".join(o.get("traceback", [])) for o in outputs)
    return HINT.findall(COLOR.sub("", text))


@pytest.fixture(scope="session")
def notebooks(site):
    found = {p.relative_to(site).as_posix(): p for p in sorted(site.glob("book/**/*.ipynb"))}
    assert "book/scratch/training.ipynb" in found
    return found


SOME = {"book/index.ipynb", "book/autograd.ipynb", "book/scratch/training.ipynb"}
SLOW = "book/beyond/several-processes.ipynb"  # it starts ten processes; once a week is enough


def to_run(notebooks):
    """Read the notebooks; the short ones of a topic's pitfalls go into one kernel, names apart."""
    runs = {}
    topics = {name: topic for topic, names in TOPICS.items() for name in names}
    for name, path in notebooks.items():
        notebook = nbformat.read(path, as_version=4)
        together = runs.setdefault(topics.get(path.stem, name), notebook)
        if together is not notebook:
            together.cells += [nbformat.v4.new_code_cell("%reset -f"), *notebook.cells]
    return runs


def run_all(notebooks, folder, kernels, env):
    """Run notebooks, as many at a time as there are cores; give their reports and errors."""

    places = asyncio.Semaphore(os.cpu_count())

    async def one(name, notebook):
        failing = nbformat.v4.new_code_cell(MISTAKE, metadata={"tags": ["raises-exception"]})
        hinted = [nbformat.v4.new_code_cell("%load_ext linreg_lib.hints"), failing]
        notebook.cells += [*hinted, nbformat.v4.new_code_cell(PROBE)]
        own = folder / name.replace("/", "-")
        own.mkdir()
        async with places:
            error = await run_one(notebook, own, kernels, env)
        left = [p.name for p in own.iterdir()]
        printed = "".join(output.get("text", "") for output in notebook.cells[-1].outputs)
        report = json.loads(printed) if printed and not error else {}
        return name, {"error": error, "left": left, "hints": hints(notebook), **report}

    async def all_of_them():
        return await asyncio.gather(*(one(name, notebook) for name, notebook in notebooks.items()))

    return dict(asyncio.run(all_of_them()))


@pytest.fixture(scope="session")
def reports(notebooks, clean_python, tmp_path_factory):
    """What came of running all notebooks with the ipywidgets of the book."""
    runs = to_run(notebooks)
    if not os.environ.get("LINREG_ALL_NOTEBOOKS"):
        del runs[SLOW]
    with manager(environment(), clean_python) as kernels:
        return run_all(runs, tmp_path_factory.mktemp("ipywidgets8"), kernels, environment())


def test_notebooks_run_without_the_repository(reports, clean_python):
    assert {name: r["error"] for name, r in reports.items() if r["error"]} == {}
    environment = os.path.dirname(os.path.dirname(clean_python))
    assert all(r["package"].startswith(environment) for r in reports.values())
    assert all(r["left"] == [] for r in reports.values()), "a chapter leaves files behind"


def test_the_kernel_half_of_every_widget_answers(reports):
    replies = [r["replies"] for r in reports.values() if r.get("ipywidgets")]
    assert replies and all(r == ["hello"] for one in replies for r in one)
    assert any(replies)


def test_notebooks_run_with_what_colab_has(
    reports, notebooks, clean_python, pytestconfig, tmp_path_factory
):
    packages = [*IPYTHON, *IPYWIDGETS]
    old = pytestconfig.cache.mkdir("colab")
    if {path.name for path in old.glob("*.dist-info")} != {infos(one) for one in packages}:
        install = ["install", "--quiet", "--no-deps", "--upgrade", "--target", old, *packages]
        subprocess.run([sys.executable, "-m", "pip", *install], check=True)
    runs = to_run(notebooks)
    if not os.environ.get("LINREG_ALL_NOTEBOOKS"):  # all of them once a week
        runs = {name: runs[name] for name in SOME}
    kernels, env = kernels_of(clean_python), environment(old)
    again = run_all(runs, tmp_path_factory.mktemp("colab"), kernels, env)
    assert {name: r["error"] for name, r in again.items() if r["error"]} == {}
    assert all(r["versions"] == ["7.34.0", "6.17.1"] for r in again.values())
    assert {r["ipywidgets"] for r in again.values()} <= {"7.7.1", None}
    for name, report in again.items():
        assert report.get("replies") == reports[name].get("replies"), name
        assert report["hints"] == reports[name]["hints"], name
        assert "Hint: `w.grad` is None." in " ".join(report["hints"]), name


def infos(requirement):
    """Name the folder in which pip says that a package is there."""
    name, version = requirement.split("==")
    return f"{name.replace('-', '_')}-{version}.dist-info"


def test_an_error_inside_a_widget_is_found(clean_python, tmp_path):
    source = "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    1 / 0\nout"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    (tmp_path / "run").mkdir()
    assert "ZeroDivisionError" in run(notebook, tmp_path / "run", clean_python)


def test_a_failing_cell_is_found(clean_python, tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    (tmp_path / "run").mkdir()
    assert "ZeroDivisionError" in run(notebook, tmp_path / "run", clean_python)


def test_notebooks_are_clean_and_complete(notebooks, site):
    for name, path in notebooks.items():
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert all(cell.outputs == [] and cell.execution_count is None for cell in code), name
        assert not any("myst_nb" in cell.source for cell in code), name
        prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        prose = re.sub(r"```.*?```|`[^`]*`", "", prose, flags=re.DOTALL)
        left = re.search(r"\{[a-z:]+\}`|^:::|^\([\w-]+\)=$|```\{|\{glue", prose, re.MULTILINE)
        assert left is None, f"{name}: {left[0]!r} is MyST"
        assert (site / name).with_suffix(".html").is_file()
        assert prose.startswith("# "), name


def test_the_install_cell_installs_the_package(distributions, tmp_path):
    """In a Python that lacks it, with the wheel's address instead of the repository's."""
    venv.create(tmp_path / "bare", with_pip=False)
    own = sysconfig.get_path("purelib", vars={"base": str(tmp_path / "bare")})
    with open(os.path.join(own, "others.pth"), "w") as file:
        file.write(sysconfig.get_path("purelib") + "\n")
    python = str(tmp_path / "bare" / "bin" / "python")
    cell = INSTALL.format(package=f"linreg_lib[notebook] @ {distributions[0].as_uri()}")
    check = "import linreg_lib\nprint(linreg_lib.__file__)"
    cells = [nbformat.v4.new_code_cell(source) for source in (cell, check, cell)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    (tmp_path / "run").mkdir()
    assert run(notebook, tmp_path / "run", python) is None
    assert own in notebook.cells[1].outputs[0].text
    assert notebook.cells[2].outputs == []  # it is there: nothing happens
