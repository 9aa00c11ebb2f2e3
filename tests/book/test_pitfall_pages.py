"""The pages' anchors, the addresses of the hints and the table of claims agree."""

import re
from pathlib import Path

import pytest

from linreg_lib.claims import rows
from linreg_lib.pitfalls import PITFALLS

BOOK = Path(__file__).parents[2] / "book"


def test_the_links_lead_somewhere():
    for row in rows():
        see = row["see"]
        if see.startswith("pitfall-"):
            page = BOOK / "pitfalls" / f"{PITFALLS[see.removeprefix('pitfall-')].page}.md"
            assert f"({see})=" in page.read_text(encoding="utf-8"), row["id"]
        else:
            assert (BOOK / f"{see}.md").is_file(), row["id"]


@pytest.mark.parametrize("pitfall", PITFALLS.values(), ids=PITFALLS)
def test_every_pitfall_has_its_section_where_hints_point(pitfall):
    page = BOOK / "pitfalls" / f"{pitfall.page}.md"
    assert f"({pitfall.anchor})=" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted({p.page for p in PITFALLS.values()}))
def test_a_page_of_pitfalls_has_no_section_that_the_package_does_not_know(page):
    text = (BOOK / "pitfalls" / f"{page}.md").read_text(encoding="utf-8")
    here = {p.anchor for p in PITFALLS.values() if p.page == page}
    assert set(re.findall(r"^\((pitfall-[\w-]+)\)=$", text, re.MULTILINE)) == here
