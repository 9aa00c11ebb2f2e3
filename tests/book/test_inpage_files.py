"""The files of the page's own Python: fetched, checked, trimmed, the same wherever made."""

import gzip
import json
import subprocess
import zipfile

import book_inpage
import inpage_pyodide
import pytest
from inpage_pyodide import LIBRARY, MODULES, NOTICE, Missing, pyodide, staying


def test_pyodide_is_there_after_a_build(site):
    """CI builds the book with it: a book without it would pass all else."""
    folder = site / "_static" / "python"
    names = [path.name for path in folder.iterdir()]
    for name in (*MODULES, LIBRARY, "book", "worker"):
        assert sum(one.startswith(f"{name}-") for one in names) == 1, f"{name}: {names}"
    page = (site / "book" / "autograd.html").read_text(encoding="utf-8")
    assert "inpage.js" in page
    assert all(name in page for name in names if name != NOTICE)


def test_its_licence_stands_beside_it(site):
    notice = (site / "_static" / "python" / NOTICE).read_text(encoding="utf-8")
    assert "Mozilla Public License 2.0: https://mozilla.org/MPL/2.0/" in notice
    assert "https://github.com/pyodide/pyodide" in notice
    assert "Python Software Foundation License" in notice


def test_a_page_without_programs_has_nothing_of_it(site):
    assert "inpage.js" not in (site / "book" / "references.html").read_text(encoding="utf-8")


def test_the_page_has_the_package_and_the_miniature_and_none_of_what_draws(site):
    (packed,) = (site / "_static" / "python").glob("book-*.bin")
    files = json.loads(gzip.decompress(packed.read_bytes()))
    assert {"page.py", "torch/__init__.py", "linreg_lib/hints/__init__.py"} <= files.keys()
    assert {"linreg_lib/words/hints.toml", "linreg_lib/exercises/__init__.py"} <= files.keys()
    assert not [name for name in files if "widgets" in name or "plots" in name]


def test_files_depend_on_nothing_but_their_sources():
    """Two builds agree, though their caches were made at different times."""
    for name in MODULES:
        packed = (pyodide() / name).read_bytes()
        assert packed == gzip.compress(gzip.decompress(packed), 9, mtime=0), name
    with zipfile.ZipFile(pyodide() / LIBRARY) as library:
        files = library.infolist()
        assert {file.date_time for file in files} == {(1980, 1, 1, 0, 0, 0)}
        names = [file.filename.removesuffix("c") for file in files]
        assert names == sorted(names)
        compiled = [library.read(file) for file in files if file.filename.endswith(".pyc")]
    assert len(compiled) > 100
    assert {body[4:8] for body in compiled} == {b"\x01\0\0\0"}  # hashed and never checked: no time


def test_the_standard_library_keeps_what_readers_import():
    stays = staying()
    assert stays("random.py")
    assert stays("collections/__init__.py")
    assert not stays("sqlite3/__init__.py")
    with zipfile.ZipFile(pyodide() / LIBRARY) as library:
        assert all(stays(name.removesuffix("c")) for name in library.namelist())
        assert b"def mean(" in library.read("statistics.py")


def without(tmp_path, monkeypatch, does):
    """Look for Pyodide with an empty cache and an npm that does something."""
    npm = tmp_path / "npm"
    npm.write_text(f"#!/bin/sh\n{does}\n")
    npm.chmod(0o755)
    monkeypatch.setenv("LINREG_CACHE", str(tmp_path / "cache"))
    for tools in ("_tools_of_system", "_tools_of_wheel"):
        monkeypatch.setattr(inpage_pyodide, tools, lambda folder: ([str(npm)], "node"))


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("echo 'npm error network is unreachable' >&2; exit 1", "network is unreachable"),
        ("exit 0", "brought no archive"),
        (f"echo altered > pyodide-{inpage_pyodide.VERSION}.tgz", "not the expected one"),
    ],
)
def test_without_pyodide_the_book_is_built_and_one_line_says_why(
    tmp_path, monkeypatch, capsys, does, says
):
    without(tmp_path, monkeypatch, does)
    with pytest.raises(Missing, match=says):
        pyodide()
    assert book_inpage.install(tmp_path / "site") is None
    (line,) = capsys.readouterr().out.splitlines()
    assert says in line
    assert not (tmp_path / "site").exists()
    assert [path.name for path in (tmp_path / "cache").iterdir()] == []  # nothing half done


def test_git_ignores_the_cache_and_clean_keeps_it():
    root = inpage_pyodide.ROOT
    ignored = subprocess.run(["git", "check-ignore", "-q", ".cache/x"], cwd=root, check=False)
    assert ignored.returncode == 0
    dry = subprocess.run(
        ["make", "-n", "clean"], cwd=root, capture_output=True, text=True, check=True
    )
    assert ".cache" not in next(line for line in dry.stdout.splitlines() if line.startswith("rm"))
