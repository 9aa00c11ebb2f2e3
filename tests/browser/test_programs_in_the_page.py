"""Programs of the reader's own, in the page: edited, run on its own Python, kept, sent as links."""

import base64
import json
import re
import zlib

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

CHAPTER = "book/autograd.html"
PLAYGROUND = "book/playground.html"
REBOUND = """\
import torch
w = torch.ones(3, requires_grad=True)
print(w.sum().item())
for step in range(2):
    (w * w).sum().backward()
    w = w - 0.1 * w.grad
"""
LOADED, RUN = 60_000, 20_000  # ms, on a busy machine
HOSTILE = "x = '</textarea></pre><img src=x onerror=window.hacked=1>'\nprint(x)\n"


@pytest.fixture(scope="module")
def pages(browser, site_url):
    """One window of the browser: its pages share what was loaded and kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site_url)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def open_page(pages, site_url, watch):
    """`open_page("book/x.html#...")` gives the watched page; all are closed at the end."""
    opened = []

    def at(address):
        opened.append(watch(pages.new_page()))
        opened[-1].goto(f"{site_url}/{address}")
        return opened[-1]

    yield at
    for page in opened:
        page.close()


def deflated(data):
    """What the page calls z: deflated without a header, in base64url."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(packer.compress(data) + packer.flush()).decode().rstrip("=")


def field(place):
    return place.get_by_label("Program", exact=True)


def press(place, name):
    place.get_by_role("button", name=name, exact=True).click()


def test_a_stepper_is_edited_run_and_put_back(open_page):
    page = open_page(CHAPTER)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for question in page.get_by_role("button", name="Skip: show me").all():
        question.click()  # it covers the figure
    stepper = page.locator(".lr-stepper").first
    engine = stepper.locator(".lr-engine")
    expect(engine).to_have_text(re.compile(r"^PyTorch [\d.]+, recorded when the book was built$"))
    assert not [url for url in asked if "/python/" in url]  # nothing before it is asked for

    # What will be loaded is said, and how far it is.
    press(stepper, "Edit")
    expect(field(stepper)).to_be_focused()
    expect(stepper.locator(".lr-loading")).to_contain_text(re.compile(r"about \d MB, once, from"))
    expect(stepper.get_by_role("progressbar", name="Loading Python")).to_be_visible()
    expect(stepper.locator(".lr-loading")).to_be_hidden(timeout=LOADED)

    # A run that fails: the line is marked, the words are tied to the field, the hint has a link.
    field(stepper).fill("\n\n" + REBOUND)
    field(stepper).press("Control+Enter")
    outcome = stepper.locator(".lr-outcome")
    link = outcome.get_by_role("link")
    expect(link).to_have_attribute("href", re.compile(r"rebind-update\.html"), timeout=RUN)
    expect(outcome).to_contain_text("Cure:")
    expect(stepper.locator(".lr-code-wrong")).to_have_text("    w = w - 0.1 * w.grad")
    expect(field(stepper)).to_have_accessible_description(
        re.compile("^Line 8: TypeError: .* leaves")
    )
    expect(engine).to_have_text("a miniature of PyTorch 2.13 in this page")

    # What the page's PyTorch lacks is refused, which is no error of the program's.
    field(stepper).fill("import torch\nprint(torch.fft.fft(torch.ones(2)))")
    press(stepper, "Run")
    refusal = "Not in this page's PyTorch; run it in Jupyter or Colab."
    expect(outcome).to_contain_text(refusal, timeout=RUN)
    expect(outcome).to_contain_text("torch.fft")
    assert field(stepper).get_attribute("aria-invalid") is None
    with page.expect_download() as download:
        press(outcome, "Download notebook")
    notebook = json.loads(download.value.path().read_text())
    assert "".join(notebook["cells"][0]["source"]) == field(stepper).input_value()

    # A run that succeeds closes the editor; the original comes back without a run.
    field(stepper).fill("import torch\nx = torch.zeros(2)")
    press(stepper, "Run")
    expect(field(stepper)).to_be_hidden(timeout=RUN)
    expect(stepper.locator(".lr-lines li")).to_have_count(2)
    press(stepper, "Back to the original")
    expect(stepper.locator(".lr-lines code").nth(1)).to_contain_text("X = torch.tensor")
    expect(engine).to_contain_text("recorded when the book was built")

    # A second figure needs no second Python; of a comparison, either side is edited.
    fetched = len([url for url in asked if "/python/" in url])
    pair = page.locator(".lr-stepper:has(.lr-compare)").first
    first, second = pair.locator(".lr-program").all()
    press(second, "Edit")
    program = second.get_by_label(re.compile("^Program, "))
    program.fill("import torch\nw = torch.ones(1, requires_grad=True)")
    program.press("Control+Enter")
    expect(program).to_be_hidden(timeout=RUN)
    expect(second.locator(".lr-lines li")).to_have_count(2)
    assert first.locator(".lr-lines li").count() > 2
    both = re.compile(r": PyTorch [\d.]+, recorded .*; .*: a miniature of PyTorch .* this page$")
    expect(pair.locator(".lr-engine")).to_have_text(both)
    assert len([url for url in asked if "/python/" in url]) == fetched
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {
        page.url.split("/")[2]
    }

    # After a reload what was written is still there, one press away.
    page.reload()
    for question in page.get_by_role("button", name="Skip: show me").all():
        question.click()
    expect(second).to_contain_text("kept in this browser")
    assert second.locator(".lr-lines li").count() > 2  # the book's program
    press(second, "Edit")
    expect(program).to_have_value("import torch\nw = torch.ones(1, requires_grad=True)")
    press(second, "Back to the original")
    expect(second).not_to_contain_text("kept in this browser")


def test_programs_of_the_book_lead_to_the_playground(open_page):
    page = open_page("book/pitfalls/rebind-update.html")
    right = page.locator(".lr-stepper .lr-program").last
    carried = right.get_by_role("link", name="Open in the playground").get_attribute("href")
    named = page.get_by_role("link", name="Change it and run it in the playground")
    assert named.get_attribute("href").endswith("playground.html#book=rebind-update/wrong")
    named.click()
    expect(field(page)).to_have_value(re.compile(r"w = w - 0\.01 \* w\.grad"))
    expect(page.get_by_label("A program of the book")).to_have_value("rebind-update/wrong")
    page.goto(carried)
    expect(field(page)).to_have_value(re.compile(r"w -= 0\.01 \* w\.grad"))
    assert page.evaluate("linregPython.status") == "idle"

    # A cure that only looks like one, and a chapter's cell with those before it.
    page.goto(page.url.split("playground.html")[0] + "pitfalls/second-backward.html")
    page.get_by_role("link", name="Try it").first.click()
    expect(field(page)).to_have_value(re.compile("retain_graph=True"))
    expect(page.get_by_label("A program of the book")).to_have_value("")
    page.goto(page.url.split("playground.html")[0] + "scratch/sgd.html")
    page.get_by_role("link", name="Try it").first.click()
    expect(field(page)).to_have_value(re.compile(r"^import torch.*def sgd.*after the update", re.S))
    expect(page.locator(".lr-playground")).to_contain_text("Stochastic gradient descent")


def test_the_playground_runs_keeps_and_shares(open_page, site_url):
    page = open_page(PLAYGROUND)
    for mode in ("light", "dark"):
        page.evaluate("mode => document.documentElement.dataset.theme = mode", mode)
        found = (
            Axe()
            .run(page, context=".linreg-widget", options={"preload": False})
            .response["violations"]
        )
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []

    # By keyboard alone: Tab indents, Escape and Tab leave the field, undo takes an edit back.
    field(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("for i in range(2):\nprint(i)\nprint(i, i)")
    expect(field(page)).to_have_value(
        "import torch\n\nfor i in range(2):\n    print(i)\n    print(i, i)"
    )
    page.keyboard.press("Shift+Tab")
    expect(field(page)).to_have_value(re.compile(r"\nprint\(i, i\)$"))
    page.keyboard.press("Control+z")
    expect(field(page)).to_have_value(re.compile(r"\n    print\(i, i\)$"))
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    results = page.locator(".lr-results")
    expect(results.locator("pre").first).to_have_text("0\n0 0\n1\n1 1", timeout=LOADED)

    # The layer that draws the letters is as high as the field, wherever lines wrap.
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        field(page).fill("value = first_function(argument, other) + second[index]  # why\n" * 9)
        heights = page.evaluate(
            """() => { const area = document.querySelector(".lr-code-area");
            const layer = document.querySelector(".lr-code-layer").offsetHeight;
            return [layer, Math.max(area.scrollHeight, 0)]; }"""
        )
        assert heights[0] == heights[1]

    # A program that fails is explained, stepped to where it failed, and sent from there.
    field(page).fill(REBOUND)
    press(page, "Run")
    expect(page.locator(".lr-outcome")).to_contain_text("Cure:", timeout=RUN)
    expect(page.locator(".lr-results > ul")).to_contain_text("Line 6: UserWarning")
    press(results, "Previous")
    at = results.locator("output").inner_text()
    press(page, "Copy link")
    expect(page.locator(".lr-playground")).to_contain_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")

    # It survives a reload; a link shows its program and waits.
    page.reload()
    expect(field(page)).to_have_value(REBOUND)
    expect(page.locator(".lr-playground")).to_contain_text("kept in this browser")
    friend = open_page(link.removeprefix(site_url + "/"))
    expect(friend.locator(".lr-playground")).to_contain_text("nothing has run yet")
    expect(field(friend)).to_have_value(REBOUND)
    assert friend.evaluate("linregPython.status") == "idle"
    press(friend, "Run")
    expect(friend.locator(".lr-results output")).to_have_text(at, timeout=LOADED)

    # One of the book's programs has a short link.
    friend.get_by_label("A program of the book").select_option("rebind-update/wrong")
    press(friend, "Open")
    press(friend, "Copy link")
    expect(friend.locator(".lr-playground")).to_contain_text("Link copied")
    assert friend.evaluate("navigator.clipboard.readText()").endswith("#book=rebind-update/wrong")
    press(friend, "Bring back my last program")
    expect(field(friend)).to_have_value(REBOUND)


def test_a_program_without_end_is_stopped(open_page):
    page = open_page(PLAYGROUND)
    field(page).fill("i = 0\nwhile True:\n    i += 1")
    press(page, "Run")
    expect(page.locator(".lr-results .lr-stepper")).to_be_visible(timeout=LOADED)
    press(page.locator(".lr-results"), "Last")
    expect(page.locator(".lr-results .lr-changes .lr-warning")).to_contain_text("1,000 steps")
    field(page).fill("sum(range(10**12))")
    press(page, "Run")
    press(page, "Stop")
    said = re.compile("^The program was stopped")
    expect(field(page)).to_have_accessible_description(said, timeout=RUN)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_hidden()
    # The next one runs; what it prints is text.
    field(page).fill(HOSTILE)
    press(page, "Run")
    expect(page.locator(".lr-results pre").first).to_contain_text("<img src=x", timeout=LOADED)
    assert page.locator(".linreg-widget img").count() == 0
    assert page.evaluate("window.hacked") is None
    press(page, "Forget it")
    page.reload()
    expect(field(page)).to_have_value("import torch\n\n")


def test_what_a_link_holds_is_text_and_odd_links_are_refused(open_page):
    page = open_page(f"{PLAYGROUND}#program=z.{deflated(HOSTILE.encode())}")
    expect(field(page)).to_have_value(HOSTILE)
    assert page.locator(".linreg-widget img").count() == 0
    assert page.evaluate("window.hacked") is None

    # 4 MB of one letter, deflated; none; text that is no UTF-8; a letter that hides; no program.
    field(page).fill("own = 1")
    odd = (deflated(b"x" * 4_000_000), "AAAA", deflated(b"\xff"), deflated("a\u202eb".encode()))
    for text in (*(f"z.{one}" for one in odd), "u._w", "x"):
        page.evaluate("text => { location.hash = `program=${text}` }", text)
        expect(page.locator(".lr-playground")).to_contain_text("cannot be read")
        expect(field(page)).to_have_value("own = 1")
        page.evaluate("location.hash = 'book=one-step'")
        expect(field(page)).to_have_value(re.compile("X = torch.tensor"))
    page.evaluate("location.hash = 'book=__proto__'")
    expect(page.locator(".lr-playground")).to_contain_text("a program that this book does not have")


def test_without_storage_the_page_says_so_and_from_disk_it_runs(browser, site, site_url, watch):
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw 1 } })")
    page.goto(f"{site_url}/{PLAYGROUND}")
    expect(page.locator(".lr-playground")).to_contain_text("This browser keeps nothing")
    page.close()
    page = watch(browser.new_page())
    page.goto((site / PLAYGROUND).as_uri())
    field(page).fill("print(6 * 7)")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_text(re.compile(r"^\s*42\s*$")).first).to_be_visible(timeout=60_000)
    page.close()
