"""What a user meets who has the package and not the repository."""

import subprocess
import sys
import zipfile
from email import message_from_string

import pytest
from building import ROOT

import linreg_lib
from hatch_build import absolute, urls
from linreg_lib.__main__ import overview


class Somewhere:
    url, commit, site = "https://code.example/ada/linreg", "c0ffee", "https://ada.example/linreg/"


def test_relative_links_of_the_readme_become_addresses():
    text = "[a](A.md) ![p](p.png) [b](https://x.example) [c](#c)"
    there = "https://code.example/ada/linreg"
    assert absolute(text, Somewhere) == (
        f"[a]({there}/blob/c0ffee/A.md) ![p]({there}/raw/c0ffee/p.png)"
        " [b](https://x.example) [c](#c)"
    )
    assert absolute(text, None) == "a  [b](https://x.example) [c](#c)"


def test_the_project_s_addresses_are_those_of_its_repository(monkeypatch):
    monkeypatch.delenv("LINREG_BOOK_URL", raising=False)
    assert urls(Somewhere)["Homepage"] == "https://ada.example/linreg/"
    monkeypatch.setenv("LINREG_BOOK_URL", "https://book.example/")
    assert urls(Somewhere)["Homepage"] == "https://book.example/"
    assert urls(None) == {}


def test_the_wheel_says_what_it_is_and_stays_small(distributions):
    wheel, _ = distributions
    with zipfile.ZipFile(wheel) as file:
        name = next(n for n in file.namelist() if n.endswith("METADATA"))
        metadata = message_from_string(file.read(name).decode())
        assert "linreg_lib/py.typed" in file.namelist()
    assert metadata["Version"] == linreg_lib.__version__
    assert metadata["Author"]
    assert "](CONTRIBUTING.md)" not in metadata.get_payload()
    # The aim is 400,000. The exercises took it beyond: 57 folders of small files, which zip packs
    # one by one.
    assert wheel.stat().st_size <= 650_000


def test_citation_and_package_agree_on_the_version():
    assert f"version: {linreg_lib.__version__}\n" in (ROOT / "CITATION.cff").read_text()


def test_overview_names_every_function():
    text = overview()
    assert all(f"  {name} " in text for name in linreg_lib.__all__)
    assert linreg_lib.__version__ in text


@pytest.mark.parametrize(("part", "package"), [("widgets", "anywidget"), ("plots", "matplotlib")])
def test_a_missing_extra_is_named_with_its_cure(part, package):
    code = (
        "import importlib.util as u; find = u.find_spec\n"
        f"u.find_spec = lambda name, *a: None if name == {package!r} else find(name, *a)\n"
        f"import linreg_lib.{part}"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    last = done.stderr.strip().splitlines()[-1]
    assert last == (
        f"ModuleNotFoundError: linreg_lib.{part} needs {package}, not installed here. "
        'Install the extra "notebook": pip install "linreg_lib[notebook]".'
    )
