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
