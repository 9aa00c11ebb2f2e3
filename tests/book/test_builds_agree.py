"""Two clean builds give the same bytes, wherever they are made."""

import filecmp
import shutil
import subprocess

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


def built_anew(folder):
    """Build a copy of the sources; give its site."""
    copy_sources(folder)
    done = build_book(folder)
    assert done.returncode == 0, done.stdout[-3000:]
    return folder / "_build" / "html"


def test_two_clean_builds_are_identical(site, tmp_path):
    """The site is one of them; where it was built bit by bit, another clean one is made."""
    new = built_anew(tmp_path / "the second")
    assert len(list(new.rglob("*.html"))) > 8
    if differences(site, new):
        assert differences(built_anew(tmp_path / "third"), new) == []


def test_a_difference_would_be_found(tmp_path):
    for name, text in (("a", "one"), ("b", "two")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(text)
        (tmp_path / name / "same.html").write_text("same")
    (tmp_path / "b" / "more.html").write_text("more")
    assert differences(tmp_path / "a", tmp_path / "b") == ["more.html", "page.html"]
