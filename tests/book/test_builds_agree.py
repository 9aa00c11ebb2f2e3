"""Two clean builds give the same bytes, wherever they are made."""

import filecmp
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

from building import ROOT, build_book


def copy_sources(folder):
    """Copy what git would carry: tracked files, and new ones that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def differences(one, other):
    """Give the relative paths of the files that are not equal, or in one folder only."""
    files = {
        path.relative_to(folder)
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file()
    }
    same, _, _ = filecmp.cmpfiles(one, other, files, shallow=False)
    return sorted(str(path) for path in files - set(same))


def test_two_clean_builds_are_identical(tmp_path):
    folders = [tmp_path / "first", tmp_path / "the second"]
    for folder in folders:
        copy_sources(folder)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda folder: build_book(folder), folders))
    assert [one.returncode for one in done] == [0, 0], done[0].stdout[-3000:]
    sites = [folder / "_build" / "html" for folder in folders]
    assert len(list(sites[0].rglob("*.html"))) > 8
    assert differences(*sites) == []


def test_a_difference_would_be_found(tmp_path):
    for name, text in (("a", "one"), ("b", "two")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(text)
        (tmp_path / name / "same.html").write_text("same")
    (tmp_path / "b" / "more.html").write_text("more")
    assert differences(tmp_path / "a", tmp_path / "b") == ["more.html", "page.html"]
