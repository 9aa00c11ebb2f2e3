"""The versions that stand in several places are the same everywhere."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def pins(name):
    lines = (ROOT / name).read_text().splitlines()
    return dict(line.split("==") for line in lines if re.match(r"[\w-]+==", line))


def test_binder_has_the_versions_of_the_book_and_no_tools_that_build_it():
    book, binder = pins("requirements.txt"), pins(".binder/requirements.txt")
    assert binder.pop("torch") == book.pop("torch") + "+cpu"
    del binder["nbgitpuller"]  # for a class's hub (teaching.md); no chapter needs it
    assert binder.items() <= book.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {*project["dependencies"], *project["optional-dependencies"]["notebook"]}
    names = {re.match(r"[\w-]+", requirement)[0] for requirement in needed}
    assert set(binder) | {"torch"} == names - {"ipywidgets"}  # Binder's own base has it


def test_binder_has_a_python_that_the_package_supports():
    version = re.fullmatch(r"python-3\.(\d+)\n", (ROOT / ".binder" / "runtime.txt").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert int(version[1]) >= int(project["requires-python"].removeprefix(">=3."))


def test_binder_s_script_can_be_run():
    assert (ROOT / ".binder" / "postBuild").stat().st_mode & 0o111


def test_the_tests_of_a_file_run_in_one_process(request):
    # pytest-xdist knows groups by the test's name. Without them each process makes all fixtures.
    if getattr(request.config.option, "loadgroup", False):
        assert request.node.nodeid.endswith("@test_environments.py")
