import re

import pytest

# Pages on whose first screen something stands that a script makes; and one of plain text.
JUMPY = [
    "book/index.html",
    "book/scratch/data.html",
    "book/scratch/training.html",
    "book/pitfalls/index.html",
    "book/playground.html",
]
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifted += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
READY = """document.readyState === "complete" &&
  [...document.querySelectorAll(".linreg-widget")].every((place) => place.dataset.state)"""
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def test_every_page_is_silent_and_fits_a_narrow_screen(site, site_url, page):
    page.set_viewport_size({"width": 320, "height": 700})
    for path in sorted(site.rglob("*.html")):
        if path == site / "index.html":
            continue  # a redirect
        page.goto(f"{site_url}/{path.relative_to(site).as_posix()}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{path.name} scrolls sideways: {width} px"


def test_the_site_opens_from_disk(site, page):
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/book/index.html")
    assert page.title()


@pytest.mark.parametrize("size", [(1350, 940), (412, 823)], ids=["desk", "phone"])
def test_nothing_jumps_when_the_scripts_come(site_url, page, size):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.add_init_script(SHIFTS)
    late, shown = [], []
    # Sphinx's options stand in the page's head, before anything is shown; all else may come late.
    scripts = re.compile(r"/(?!documentation_options)[\w.-]+\.js\?")
    page.route(scripts, lambda route: route.continue_() if shown else late.append(route))
    for name in JUMPY:
        shown.clear()
        page.goto(f"{site_url}/{name}", wait_until="commit")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        shown.append(name)
        assert late, "the scripts were there before anything was shown: nothing is tried"
        while late:
            late.pop().continue_()
        page.wait_for_function(READY)
        page.evaluate(FRAMES)
        shifted = page.evaluate("window.shifted")
        assert shifted <= 0.05, f"{name} jumps by {shifted:.3f}"
