"""axe finds nothing on the built pages, light and dark: a page of each kind, in `make gates` all.

Everything that is folded is opened and every prediction skipped, so that axe sees what it covers.
What stands on every page alike, the theme's frame, is looked at on one page alone.
"""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

OF_EACH_KIND = [
    "404.html",
    "search.html",
    "book/playground.html",
    "book/pitfalls/not-a-leaf.html",
    "book/scratch/sgd.html",
]
WITH_FRAME = "book/index.html"
FRAME = [".bd-sidebar-primary", ".bd-header-article", ".bd-sidebar-secondary", ".bd-footer"]
# What moves would be seen half way.
OPEN = """() => {
  const still = document.createElement("style");
  still.textContent =
    "*, ::before, ::after { animation: none !important; transition: none !important }";
  document.head.append(still);
  for (const one of document.querySelectorAll("details")) one.open = true;
}"""
READY = """document.readyState === "complete" &&
  [...document.querySelectorAll(".linreg-widget")].every((place) => place.dataset.state)"""
# What the colors decide; all else is the same in the dark.
OF_COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# The theme's sidebar, in which the title stands, is no landmark.
EXCUSED = {("region", "title logo__title")}


def complaints(page, context=None, options=None):
    asked = {"preload": False, "resultTypes": ["violations"], **(options or {})}
    found = Axe().run(page, context=context, options=asked)
    return [
        f"{page.url}: {one['id']}: {node['html'][:100]}: {node['failureSummary']}"
        for one in found.response["violations"]
        for node in one["nodes"]
        if not any(one["id"] == rule and part in node["html"] for rule, part in EXCUSED)
    ]


def looked_at(page, address, context=None):
    """Open a page, open what it folds, and ask axe in either mode."""
    page.goto(address)
    page.wait_for_function(READY)
    page.evaluate(OPEN)
    found = complaints(page, context)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    return found + complaints(page, context, OF_COLORS)


@pytest.fixture
def opened(uncovered):
    """A page in which every page of the book begins in the light."""
    uncovered.add_init_script("localStorage.mode = localStorage.theme = 'light'")
    return uncovered


def look_at(page, site_url, names):
    apart = {"exclude": [[part] for part in FRAME]}
    found = [
        line
        for name in names
        for line in looked_at(page, f"{site_url}/{name}", None if name == WITH_FRAME else apart)
    ]
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_a_page_of_each_kind(site_url, opened):
    look_at(opened, site_url, [WITH_FRAME, *OF_EACH_KIND])


@pytest.mark.skipif(not os.environ.get("LINREG_GATES"), reason="minutes: make gates")
def test_axe_finds_nothing_on_any_other_page(site, site_url, opened):
    names = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    look_at(opened, site_url, sorted(names - {"index.html", WITH_FRAME, *OF_EACH_KIND}))


def test_axe_finds_what_is_wrong(opened):
    opened.set_content("<!DOCTYPE html><html><title>A</title><img src='data:,'><p>Text")
    assert any("image-alt" in line for line in complaints(opened))
