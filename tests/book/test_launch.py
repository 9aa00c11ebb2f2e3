"""The addresses of the repository, the site and the launch buttons."""

import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from book_launch import Repository, find_repository, web_address
from book_notebooks import introduction, remember_repository

from linreg_lib._book import where_to_read

PAGE = "book/scratch/data"
SHA = "0123456789abcdef0123456789abcdef01234567"
ON_PAGES = "blob/gh-pages/book/scratch/data.ipynb"
IN_LAB = "?urlpath=lab%2Ftree%2F_build%2Fnotebooks%2Fbook%2Fscratch%2Fdata.ipynb"


def workflow(repository, ref="main", kind="branch", **more):
    """Give what a workflow on GitHub finds in its environment."""
    folder = {"branch": "heads", "tag": "tags"}[kind]
    return {
        "GITHUB_REPOSITORY": repository,
        "GITHUB_SHA": SHA,
        "GITHUB_REF": f"refs/{folder}/{ref}",
        "GITHUB_REF_NAME": ref,
        "GITHUB_REF_TYPE": kind,
        "GITHUB_SERVER_URL": "https://github.com",
    } | more


SITUATIONS = {
    "project site": (
        workflow("ada/linreg"),
        "https://ada.github.io/linreg/",
        "ada/linreg",
        "ada/linreg/main",
    ),
    "fork": (
        workflow("Grace-H/linreg"),
        "https://grace-h.github.io/linreg/",
        "Grace-H/linreg",
        "Grace-H/linreg/main",
    ),
    "branch": (
        workflow("ada/linreg", "teach/spring-2026"),
        "https://ada.github.io/linreg/",
        "ada/linreg",
        "ada/linreg/teach%2Fspring-2026",
    ),
    "tag": (
        workflow("ada/linreg", "v1.0", "tag"),
        "https://ada.github.io/linreg/",
        "ada/linreg",
        "ada/linreg/v1.0",
    ),
    "user site": (
        workflow("Ada/ada.github.io"),
        "https://ada.github.io/",
        "Ada/ada.github.io",
        "Ada/ada.github.io/main",
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_addresses_on_github(situation, tmp_path):
    environ, site, name, image = SITUATIONS[situation]
    found = find_repository(environ, tmp_path)
    assert found.site == site
    assert found.colab(PAGE) == f"https://colab.research.google.com/github/{name}/{ON_PAGES}"
    assert found.binder(PAGE) == f"https://mybinder.org/v2/gh/{image}{IN_LAB}"
    archive = f"https://github.com/{name}/archive/{SHA}.zip"
    assert found.package == f"linreg_lib[notebook] @ {archive}"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(
        ["git", "-C", folder, *identity, *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def copy(tmp_path):
    """Make a working copy with one commit and no remote."""
    git(tmp_path, "init", "-q", "-b", "work")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "First")
    return tmp_path


def test_no_repository_no_addresses(copy, tmp_path_factory):
    assert find_repository({}, copy) is None
    assert find_repository({}, tmp_path_factory.mktemp("no-git")) is None
    git(copy, "remote", "add", "origin", "/srv/git/linreg.git")
    assert find_repository({}, copy) is None


def test_working_copy_gives_origin_branch_and_commit(copy):
    git(copy, "remote", "add", "origin", "git@github.com:ada/linreg.git")
    commit = git(copy, "rev-parse", "HEAD")
    url = "https://github.com/ada/linreg"
    assert find_repository({}, copy) == Repository(url, "work", commit, published=False)


def test_a_notebook_of_a_commit_that_was_not_pushed_says_so(copy):
    git(copy, "remote", "add", "origin", "git@github.com:ada/linreg.git")
    found = find_repository({}, copy)
    (code,) = code_of_first_cells("", found)
    assert f"commit {found.commit[:12]}" in code and "until it is pushed" in code
    git(copy, "update-ref", "refs/remotes/origin/work", "HEAD")  # as after a push
    assert "until it is pushed" not in code_of_first_cells("", find_repository({}, copy))[0]


def test_an_alias_of_ssh_is_looked_up_and_an_unknown_one_gives_no_address(monkeypatch, tmp_path):
    ssh = tmp_path / "ssh"
    ssh.write_text(
        '#!/bin/sh\n[ "$2" = work ] && echo "hostname github.com" || echo "hostname $2"\n'
    )
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert web_address("git@work:ada/linreg.git") == "https://github.com/ada/linreg"
    assert web_address("git@elsewhere:ada/linreg.git") == ""


def test_detached_copy_gives_its_tag_else_its_commit(copy):
    git(copy, "remote", "add", "origin", "https://github.com/ada/linreg")
    git(copy, "checkout", "-q", "--detach")
    assert find_repository({}, copy).ref == git(copy, "rev-parse", "HEAD")
    git(copy, "tag", "v2")
    assert find_repository({}, copy).ref == "v2"


def test_pull_request_is_named_by_its_commit(tmp_path):
    environ = workflow("ada/linreg", "7/merge", GITHUB_REF="refs/pull/7/merge")
    assert find_repository(environ, tmp_path).ref == SHA


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/ada/linreg.git", "https://github.com/ada/linreg"),
        ("https://github.com/ada/linreg/", "https://github.com/ada/linreg"),
        ("https://ada:secret@github.com/ada/linreg.git", "https://github.com/ada/linreg"),
        ("ssh://git@github.com/ada/linreg.git", "https://github.com/ada/linreg"),
        ("ssh://git@example.org:2222/ada/linreg.git", "https://example.org/ada/linreg"),
        ("git@gitlab.com:group/sub/linreg.git", "https://gitlab.com/group/sub/linreg"),
        ("../linreg", ""),
        ("/srv/git/linreg.git", ""),
        ("file:///srv/git/linreg.git", ""),
        ("", ""),
    ],
)
def test_web_address_of_a_remote(remote, address):
    assert web_address(remote) == address


def test_other_hosts_install_by_git_and_have_no_site():
    found = Repository("https://gitlab.com/ada/linreg", "main", SHA)
    assert not found.on_github
    assert found.site == ""
    assert found.package == f"linreg_lib[notebook] @ git+https://gitlab.com/ada/linreg.git@{SHA}"


def code_of_first_cells(site, repository):
    """Run nothing: give the code that a notebook begins with."""
    return [c.source for c in introduction(site, PAGE, [], repository) if c.cell_type == "code"]


def test_the_first_cell_tells_the_package_where_its_book_is(monkeypatch):
    monkeypatch.setattr("os.environ", {})  # what the cell sets is gone afterwards
    (code,) = code_of_first_cells("https://ada.github.io/linreg/", None)
    exec(code, {})
    assert where_to_read("book/a.html") == "Read: https://ada.github.io/linreg/book/a.html"
    monkeypatch.setenv("LINREG_BOOK_URL", "https://class.example.org/")  # a class has its own
    exec(code, {})
    assert where_to_read("book/a.html") == "Read: https://class.example.org/book/a.html"


def test_one_cell_gives_the_address_and_installs():
    found = find_repository(workflow("ada/linreg"), Path())
    (code,) = code_of_first_cells(found.site, found)
    assert code.index("LINREG_BOOK_URL") < code.index("%pip install")
    assert code_of_first_cells("", None) == []


@pytest.mark.parametrize(
    ("configured", "environment", "site"),
    [
        ("", {}, ""),
        ("", workflow("ada/linreg"), "https://ada.github.io/linreg/"),
        ("", {"LINREG_BOOK_URL": "https://b.example.org"}, "https://b.example.org/"),
        (
            "https://c.example.org/book",
            {"LINREG_BOOK_URL": "https://b.example.org"},
            "https://c.example.org/book/",
        ),
    ],
)
def test_the_address_of_the_site(monkeypatch, tmp_path, configured, environment, site):
    monkeypatch.setattr("book_notebooks.ROOT", tmp_path)  # no working copy
    monkeypatch.setattr("os.environ", environment | {"PATH": ""})
    config = SimpleNamespace(html_baseurl=configured)
    remember_repository(None, config)
    assert config.html_baseurl == site
