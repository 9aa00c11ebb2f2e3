"""Each pitfall has one section, on its page, under its anchor, always in the same shape."""

import re
from pathlib import Path

import pytest

from linreg_lib.claims import rows
from linreg_lib.pitfalls import PITFALLS

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path.stem: path.read_text() for path in (ROOT / "book" / "pitfalls").glob("*.md")}
SECTION = re.compile(
    r"^\(pitfall-([^)\n]+)\)=\n## ([^\n]+)\n(.*?)(?=^\(pitfall-|^## |\Z)", re.M | re.S
)
SECTIONS = [
    (name, page, title, body)
    for page, text in PAGES.items()
    for name, title, body in SECTION.findall(text)
]
every = pytest.mark.parametrize("pitfall", PITFALLS.values(), ids=PITFALLS)


def section(name):
    found = [(page, title, body) for found, page, title, body in SECTIONS if found == name]
    assert len(found) == 1, f"{len(found)} sections for {name}"
    return found[0]


@every
def test_a_section_on_its_page_under_its_title(pitfall):
    page, title, _ = section(pitfall.name)
    assert page == pitfall.topic
    assert title.replace("`", "") == pitfall.title


def test_no_section_without_a_pitfall():
    assert sorted(name for name, *_ in SECTIONS) == sorted(PITFALLS)


def test_every_silent_pitfall_is_found_by_what_one_sees():
    linked = re.findall(r"\]\(#pitfall-([\w-]+)\)", PAGES["index"].split("| You see |")[1])
    assert sorted(linked) == sorted(name for name, p in PITFALLS.items() if p.silent)


def test_claims_that_need_correcting_have_a_pitfall():
    corrected = {row["id"] for row in rows() if row["verdict"] in ("wrong", "partly", "error")}
    covered = {claim for pitfall in PITFALLS.values() for claim in pitfall.claims}
    assert corrected and corrected <= covered


def test_the_links_of_the_claims_lead_somewhere():
    for row in rows():
        see = row["see"]
        if see.startswith("pitfall-"):
            section(see.removeprefix("pitfall-"))
        else:
            assert (ROOT / "book" / f"{see}.md").is_file(), row["id"]
