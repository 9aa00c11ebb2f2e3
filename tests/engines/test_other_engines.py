"""The figures in Firefox and WebKitGTK: they mount, step, drag, link, print and mark."""

import pytest

PAGE = "book/autograd.html"
STEPPER = "document.querySelector('.lr-stepper')"
PAIR = "document.querySelectorAll('.lr-stepper')[1]"
SKIP = (  # every prediction, so that no figure waits for one
    "[...document.querySelectorAll('.predict .ask-quiet')]"
    ".filter((one) => one.textContent.startsWith('Skip')).forEach((one) => one.click())"
)
MOUNTED = (
    "document.readyState === 'complete' && "
    "[...document.querySelectorAll('.linreg-widget')].every((place) => place.dataset.state)"
)


@pytest.fixture
def opened(engine, site_url):
    """`opened(address)` opens a page of the book and waits for its figures."""

    def open_page(address=PAGE):
        # A figure writes its address when a drag rests, which could end the way to the next page.
        engine.wait("new Promise((done) => setTimeout(() => done(true), 250))")
        engine.open("about:blank")
        engine.wait("location.href === 'about:blank'")
        engine.open(f"{site_url}/{address}")
        engine.wait(MOUNTED)
        engine.evaluate(SKIP)
        return engine

    return open_page


def button(name, stepper=STEPPER):
    return f"[...{stepper}.querySelectorAll('button')].find((b) => b.textContent === '{name}')"


def step_of(engine, stepper=STEPPER):
    return engine.evaluate(f"{stepper}.querySelector('output').textContent")


def count(engine, selector):
    return engine.evaluate(f"document.querySelectorAll(`{selector}`).length")


def test_every_figure_mounts(opened):
    for page in (PAGE, "book/index.html", "book/scratch/iterators.html"):
        engine = opened(page)
        assert count(engine, ".linreg-widget") > 0
        assert count(engine, ".linreg-widget:not([data-state=live])") == 0


def test_the_mouse_steps(opened):
    engine = opened()
    engine.press(button("Next"))
    assert step_of(engine) == "1 of 15"
    engine.press(button("Previous"))
    assert step_of(engine) == "0 of 15"


def test_the_keyboard_steps(opened):
    engine = opened()
    engine.evaluate(f"{button('Next')}.focus()")
    engine.key("\ue014")  # ArrowRight
    engine.key("\ue014")
    assert step_of(engine) == "2 of 15"
    engine.key("\ue010")  # End
    assert step_of(engine) == "15 of 15"


def test_the_slider_is_dragged(opened):
    engine = opened()
    engine.drag(f"{STEPPER}.querySelector('input[type=range]')", 0.01, 0.99)
    assert step_of(engine) == "15 of 15"


def test_a_link_leads_to_its_figure_at_its_step(opened):
    engine = opened(f"{PAGE}?stepper2=step:6,node:2#figure-2")
    assert step_of(engine, PAIR).startswith("6 of 10, node 2 of ")
    engine.wait(
        "(() => { const { top } = document.getElementById('figure-2').getBoundingClientRect();"
        "return top >= 0 && top < 150; })()"
    )


def test_the_address_holds_the_step(opened):
    engine = opened()
    engine.press(button("Next"))
    engine.wait("location.search === '?stepper=step:1' && location.hash === '#figure-1'")


def test_backward_puts_numbers_on_the_edges(opened):
    engine = opened(f"{PAGE}?stepper=step:8,node:8")
    shown = engine.evaluate(
        f"[...{STEPPER}.querySelectorAll('.lr-number')].filter((node) => node.textContent &&"
        "node.getBoundingClientRect().width > 0).map((node) => node.textContent)"
    )
    assert "(-19.8, -5.6)" in shown and "↑ 1" in shown


def test_a_printed_page_shows_what_backward_did(opened):
    engine = opened()
    if hasattr(engine, "pdf"):
        assert engine.pdf().startswith(b"%PDF")
    engine.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert engine.evaluate(f"{STEPPER}.querySelector('.lr-where').textContent") == "Line 8"
    engine.evaluate("dispatchEvent(new Event('afterprint'))")


def test_a_line_that_the_other_program_lacks_is_marked(opened):
    engine = opened()
    marks = engine.evaluate(
        f"[...{PAIR}.querySelectorAll('.lr-own-line code span')].map((node) => {{"
        "const style = getComputedStyle(node);"
        "return [style.textDecorationLine, style.textDecorationStyle]; })"
    )
    assert marks == [["underline", "dotted"]] * 2
    sign = "getComputedStyle(node, '::before').content"
    signs = engine.evaluate(
        f"[...{PAIR}.querySelectorAll('.lr-own-line .lr-line-number')].map((node) => {sign})"
    )
    assert signs == ['"≠"'] * 2


def test_code_stands_left_of_the_graph_within_the_window(opened):
    engine = opened(f"{PAGE}#figure-1")
    at = engine.evaluate(
        "(() => { document.getElementById('figure-1').scrollIntoView("
        "{ block: 'start', behavior: 'instant' });"
        f"const box = (part) => {STEPPER}.querySelector(part).getBoundingClientRect();"
        "const [controls, code, graph] = ['.lr-controls', '.lr-code', '.lr-graph'].map(box);"
        "return [code.right <= graph.left, controls.top >= 0, code.bottom <= innerHeight,"
        "graph.bottom <= innerHeight]; })()"
    )
    assert at == [True] * 4


def test_a_lab_follows_its_slider(opened):
    engine = opened("book/index.html")
    slider = "document.querySelector('.lr-lab input[type=range], .lr-widget input[type=range]')"
    before = engine.evaluate(f"{slider}.value")
    engine.drag(slider, 0.5, 0.9)
    assert engine.evaluate(f"{slider}.value") != before


RUN = """linregPython.call("trace", { code: "x = 1" }).then(
    (told) => { window.told = told.recording.ended.reason; },
    (error) => { window.told = error.text; },
)"""


def what_is_told(engine):
    engine.evaluate(f"void {RUN}")  # WebKitGTK's driver waits half a minute for a promise
    engine.wait("window.told !== undefined", 120)
    return engine.evaluate("window.told")


def test_a_program_runs_in_the_page(opened):
    assert what_is_told(opened()) == "end"


def test_a_program_runs_in_a_page_opened_from_disk_or_it_is_said_how(engine, site):
    engine.open((site / PAGE).as_uri())
    engine.wait(MOUNTED)
    told = what_is_told(engine)
    assert told == "end" or (type(engine).__name__ == "WebKit" and "python -m http.server" in told)
