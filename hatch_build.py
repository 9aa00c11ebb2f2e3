"""What the package's metadata take from the place where it is built: addresses, and the README.

No address is written into the sources (`book/_ext/book_launch.py` finds the repository); outside
of it the README's relative links would lead nowhere.
"""

import os
import re
import sys
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

# `[text](target)`, a picture if a `!` stands before it; what names a host or a heading stays.
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?://|#)([^)]+)\)")


class Addresses(MetadataHookInterface):
    """Adds the project's addresses, and a README that can be read outside the repository."""

    def update(self, metadata: dict) -> None:
        """Fill in the fields that pyproject.toml calls dynamic."""
        root = Path(self.root)
        repository = find(root)
        readme = (root / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": absolute(readme, repository)}
        metadata["urls"] = urls(repository)


def find(root: Path):
    """Return the repository that this is built from; None where that is not known."""
    sys.path.insert(0, str(root / "book" / "_ext"))
    try:
        from book_launch import find_repository
    finally:
        sys.path.pop(0)
    return find_repository(os.environ, root)


def urls(repository) -> dict[str, str]:
    """Name the addresses of a repository: of its sources, its changes and its book."""
    if repository is None:
        return {}
    book = os.environ.get("LINREG_BOOK_URL") or repository.site
    return {
        **({"Homepage": book} if book else {}),
        "Source": repository.url,
        "Changelog": f"{repository.url}/blob/{repository.commit}/CHANGELOG.md",
    }


def absolute(readme: str, repository) -> str:
    """Complete relative links; without a repository keep their text, and leave pictures out."""

    def replace(match: re.Match) -> str:
        picture, text, target = match.groups()
        if repository is None:
            return "" if picture else text
        kind = "raw" if picture else "blob"
        return f"{picture}[{text}]({repository.url}/{kind}/{repository.commit}/{target})"

    return LINK.sub(replace, readme)
