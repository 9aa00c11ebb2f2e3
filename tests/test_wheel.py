"""The wheel and the sdist: complete, and at work in an environment without the repository."""

import json
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = r"^linreg_lib/(exercises/[^/]+/wrong_[^/]+\.py|widgets/playground.*)$"

PROGRAM = """
import importlib, inspect, json, pkgutil
import torch
import linreg_lib
generator = torch.Generator().manual_seed(0)
X, y = linreg_lib.synthetic_data([2, -3.4], 4.2, 100, generator=generator)
run = linreg_lib.train(X, y, generator=generator)
names = [m.name for m in pkgutil.walk_packages(linreg_lib.__path__, "linreg_lib.")]
for name in names:
    importlib.import_module(name)
import anywidget
import linreg_lib.widgets
widgets = {
    name: (len(str(one._esm)), len(str(one._css)))
    for name, one in vars(linreg_lib.widgets).items()
    if inspect.isclass(one) and issubclass(one, anywidget.AnyWidget)
}
report = {"file": linreg_lib.__file__, "losses": run.epoch_losses, "widgets": widgets}
print(json.dumps(report))
"""


def package_files():
    """Everything in the package that is under version control or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "linreg_lib"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert {".py", ".js", ".css"} <= {Path(name).suffix for name in listed}
    return {name for name in listed if (ROOT / name).is_file()}


def test_wheel_and_sdist_hold_all_of_the_package(distributions):
    wheel, sdist = distributions
    with zipfile.ZipFile(wheel) as file:
        inside = {name for name in file.namelist() if ".dist-info/" not in name}
    # The wrong answers that the checks are tried on, and the playground, stay with the book.
    assert inside == {name for name in package_files() if not re.search(LEFT_OUT, name)}
    with tarfile.open(sdist) as file:
        names = {name.split("/", 1)[1] for name in file.getnames() if "/" in name}
    assert package_files() | {"pyproject.toml", "README.md"} <= names
    assert not {name for name in names if name.startswith(("_build", ".venv", "dist"))}


def test_wheel_works_where_the_repository_is_not(clean_python, tmp_path):
    done = subprocess.run(
        [clean_python, "-I", "-W", "error", "-c", PROGRAM],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    environment = Path(clean_python).parents[1]
    assert environment in Path(report["file"]).parents and ROOT not in Path(report["file"]).parents
    assert report["losses"][-1] < report["losses"][0]
    assert len(report["widgets"]) >= 3
    assert all(esm > 500 and css > 100 for esm, css in report["widgets"].values())


def test_the_declared_requirements_are_those_of_the_package(clean_python, tmp_path):
    check = [sys.executable, "-m", "pip", "--python", clean_python, "check"]
    done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True)
    assert "linreg" not in done.stdout.lower(), done.stdout


# What Colab's Python has already, as its metadata says it (without requirements of its own).
COLAB = {
    "torch": "2.9.0+cu126",
    "numpy": "2.0.2",
    "matplotlib": "3.10.0",
    "ipywidgets": "7.7.1",
    "tqdm": "4.67.1",
    "typing_extensions": "4.15.0",
}


def test_on_colab_nothing_that_is_there_is_touched(distributions, tmp_path):
    """pip plans the install in a Python that seems to have Colab's packages."""
    venv.create(tmp_path / "colab", with_pip=False)
    python = tmp_path / "colab" / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path / "colab")}))
    for name, version in COLAB.items():
        folder = packages / f"{name}-{version}.dist-info"
        folder.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (folder / "METADATA").write_text(metadata)
        (folder / "INSTALLER").write_text("pip\n")
        (folder / "RECORD").write_text("")
    wanted = f"linreg_lib[notebook] @ {distributions[0].as_uri()}"
    plan = ["install", "--quiet", "--dry-run", "--report", tmp_path / "plan.json", wanted]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, *plan], check=True)
    installs = json.loads((tmp_path / "plan.json").read_text())["install"]
    names = {one["metadata"]["name"].replace("-", "_") for one in installs}
    assert names == {"linreg_lib", "anywidget", "psygnal"}
