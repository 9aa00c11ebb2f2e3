"""Where the book lives: its repository, its site, and the addresses of the launch buttons.

No address is written into the sources. On GitHub they come from the build's environment,
elsewhere from `git remote get-url origin`; a fork has its own buttons without an edit.
Without a repository there are none.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PAGES_BRANCH = "gh-pages"  # where the publish workflow puts the site and its notebooks
NOTEBOOKS = "_build/notebooks"  # where a build leaves the notebooks in a working copy


@dataclass(frozen=True)
class Repository:
    """A repository: `https://host/owner/name`, a branch or tag, and a commit.

    `published`: whether the commit is there, as far as the working copy knows.
    """

    url: str
    ref: str
    commit: str
    published: bool = True

    @property
    def on_github(self) -> bool:
        """Whether Colab can open notebooks from here."""
        return self.url.startswith("https://github.com/")

    @property
    def owner_and_name(self) -> tuple[str, str]:
        """The last two parts of the address."""
        owner, name = self.url.split("/")[-2:]
        return owner, name

    @property
    def site(self) -> str:
        """The address of the site on GitHub Pages, ending on a slash; empty elsewhere."""
        if not self.on_github:
            return ""
        owner, name = self.owner_and_name
        host = f"{owner.lower()}.github.io"
        return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"

    @property
    def package(self) -> str:
        """What pip installs: the package at this commit, with what notebooks need."""
        source = f"git+{self.url}.git@{self.commit}"
        if self.on_github:  # an archive needs no git and none of the history
            source = f"{self.url}/archive/{self.commit}.zip"
        return f"linreg_lib[notebook] @ {source}"

    def colab(self, page: str) -> str:
        """Open the published notebook of a page in Colab."""
        owner, name = self.owner_and_name
        path = f"{owner}/{name}/blob/{PAGES_BRANCH}/{quote(page)}.ipynb"
        return f"https://colab.research.google.com/github/{path}"

    def binder(self, page: str) -> str:
        """Open the notebook of a page on Binder; of a branch, for each commit builds an image."""
        owner, name = self.owner_and_name
        path = quote(f"lab/tree/{NOTEBOOKS}/{page}.ipynb", safe="")
        ref = quote(self.ref, safe="")
        return f"https://mybinder.org/v2/gh/{owner}/{name}/{ref}?urlpath={path}"


def find_repository(environ, root: Path) -> Repository | None:
    """Find the repository in the environment of a GitHub workflow, else in the working copy."""
    name, commit = environ.get("GITHUB_REPOSITORY"), environ.get("GITHUB_SHA")
    if name and commit:
        server = environ.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
        named = environ.get("GITHUB_REF_TYPE") in ("branch", "tag")
        pull = environ.get("GITHUB_REF", "").startswith("refs/pull/")
        ref = environ.get("GITHUB_REF_NAME") if named and not pull else None
        return Repository(f"{server}/{name}", ref or commit, commit)
    url = web_address(_git(root, "remote", "get-url", "origin"))
    commit = _git(root, "rev-parse", "HEAD")
    if not url or not commit:
        return None
    branch = _git(root, "symbolic-ref", "--short", "HEAD")
    ref = branch or _git(root, "describe", "--tags", "--exact-match") or commit
    published = bool(_git(root, "branch", "--remotes", "--contains", commit))
    return Repository(url, ref, commit, published)


def web_address(remote: str) -> str:
    """Turn the address of a remote into https://host/owner/name; a local path gives nothing."""
    form = (
        r"(?:(?:https?|ssh|git)://(?:[^@/]*@)?|[^@/]+@)([\w.-]+)(?::\d+)?[:/](.+?/.+?)(?:\.git)?/?"
    )
    match = re.fullmatch(form, remote)
    if not match:
        return ""
    host = match[1]
    if "." not in host and "//" not in remote.replace("ssh://", ""):
        host = _host_of_alias(host)
    return f"https://{host}/{match[2]}" if "." in host else ""


def _host_of_alias(alias: str) -> str:
    """Look up what `~/.ssh/config` calls so; ssh connects to nothing for that."""
    told = _run("ssh", "-G", alias)
    names = [line.split()[1] for line in told.splitlines() if line.startswith("hostname ")]
    return names[0] if names else ""


def _git(root: Path, *arguments: str) -> str:
    return _run("git", "-C", str(root), *arguments)


def _run(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:  # not on this machine
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
