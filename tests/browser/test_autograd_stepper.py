"""The autograd stepper on the built page: by keyboard, narrow, dark, and as text only."""

import html
import json
import re
import warnings

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from linreg_lib.autograd import expand, trace
from linreg_lib.recording.narration import say_stop
from linreg_lib.recording.sentences import say

# The chapter opens with a training step and has a comparison further down.
PAGE = "book/autograd.html"

pytestmark = pytest.mark.usefixtures("uncovered")


@pytest.fixture
def film(page, site_url):
    """The training step, gone through node by node where backward walks."""
    page.goto(f"{site_url}/{PAGE}")
    return at_work(page.locator(".lr-stepper").first)


@pytest.fixture
def stepper(film):
    """The same, line by line."""
    film.get_by_label("Backward node by node").uncheck()
    return film


@pytest.fixture
def pair(page, site_url):
    page.goto(f"{site_url}/{PAGE}")
    return at_work(page.locator(".lr-stepper:has(.lr-compare)").first)


def at_work(stepper):
    expect(stepper.locator("output")).to_have_text(re.compile(r"^\d+ of \d+"))
    return stepper


def code_of(program):
    return "\n".join(text.rstrip() for text in program.locator(".lr-lines code").all_inner_texts())


def texts(locator):
    return [text.replace("\u00a0→\u00a0", " → ").strip() for text in locator.all_inner_texts()]


def holds_step(stepper, recording, k):
    """The page shows step k as Python expands it: line, words, tensors, graph."""
    state = expand(recording, k)
    expect(stepper.locator("output")).to_have_text(f"{k} of {len(recording['steps']) - 1}")
    current = stepper.locator('[aria-current="step"] .lr-line-number')
    assert texts(current) == ([str(state["line"])] if state["line"] else [])
    said = [say(fact) for fact in state["changed"] if fact["kind"] != "error"]
    assert texts(stepper.locator(".lr-changes li"))[: len(said)] == said
    rows = {}
    for row in stepper.locator(".lr-tensors tbody tr").all():
        label = row.locator(".lr-cell-memory").inner_text().split(",")[0]
        rows[label] = {
            "names": [t.removeprefix("= ") for t in texts(row.locator(".lr-cell-names code"))],
            "value": row.locator(".lr-cell-value code").inner_text(),
            "is_leaf": row.locator(".lr-leaf").count() == 1,
            "requires_grad": "requires grad" in row.locator(".lr-cell-facts").inner_text(),
            "version": int(row.locator(".lr-cell-version").inner_text()),
            "grad_value": next(iter(texts(row.locator(".lr-cell-grad code"))), None),
        }
    assert rows == {
        label: {key: facts[key] for key in next(iter(rows.values()))}
        for label, facts in state["tensors"].items()
    }
    shown = stepper.locator('.lr-node:not([visibility="hidden"])')
    assert shown.count() == len(state["nodes"])
    freed = sum("freed" in node["saved"].values() for node in state["nodes"].values())
    assert stepper.locator('.lr-node[data-freed]:not([visibility="hidden"])').count() == freed


def focus_by_tab(page, stepper, name):
    """Reach a button by the Tab key alone."""
    button = stepper.get_by_role("button", name=name, exact=True)
    for _ in range(200):
        if button.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab reaches {name}")


def test_every_step_by_keyboard_alone_is_what_python_recorded(stepper):
    page = stepper.page
    recording = trace(code_of(stepper)).to_dict()
    assert recording["error"] is None and len(recording["steps"]) > 10
    focus_by_tab(page, stepper, "Next")
    holds_step(stepper, recording, 0)
    for k in range(1, len(recording["steps"])):
        page.keyboard.press("Enter" if k % 2 else "ArrowRight")
        holds_step(stepper, recording, k)
    last = len(recording["steps"]) - 1
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    holds_step(stepper, recording, last - 1)
    page.keyboard.press("Home")
    holds_step(stepper, recording, 0)
    page.keyboard.press("End")
    holds_step(stepper, recording, last)


def numbers_on_edges(stepper):
    shown = stepper.locator(".lr-number").all_text_contents()
    return sorted(text for text in shown if text)


def test_backward_is_gone_through_node_by_node(film):
    recording = trace(code_of(film)).to_dict()
    k = next(i for i, step in enumerate(recording["steps"]) if step.get("films"))
    state = expand(recording, k)
    (walk,) = state["films"]
    slider = film.get_by_label("Step", exact=True)
    slider.fill(str(k - 1))
    assert numbers_on_edges(film) == []
    for j, stop in enumerate(walk["stops"]):
        film.get_by_role("button", name="Next", exact=True).click()
        where = f"{k} of {len(recording['steps']) - 1}, node {j + 1} of {len(walk['stops'])}"
        expect(film.locator("output")).to_have_text(where)
        assert texts(film.locator(".lr-changes li")) == say_stop(recording, state, walk, j)
        lit = film.locator('.lr-node[data-film="now"] .lr-op').all_text_contents()
        assert lit == [n["name"] for n in recording["nodes"] if n["id"] == stop["node"]]
        if share := stop.get("share"):
            facts = state["tensors"][share["tensor"]]
            name = film.page.locator("code", has_text=re.compile(f"^{facts['names'][0]}$"))
            row = film.get_by_role("row").filter(has=name)
            assert row.locator(".lr-cell-grad").inner_text() == facts["grad_value"]
    assert numbers_on_edges(film) == sorted(
        [
            "↑ 1",
            "(1, 1)",
            "(0.5, 0.5)",
            "(0.6, -6.8)",
            "(0.6, -6.8)",
            "(0.6, -6.8)",
            "-6.2",
            "(-19.8, -5.6)",
        ]
    )
    film.get_by_role("button", name="Next", exact=True).click()
    holds_step(film, recording, k)
    assert "(-19.8, -5.6)" in numbers_on_edges(film)
    film.get_by_role("button", name="Next", exact=True).click()
    assert numbers_on_edges(film) == []


def test_a_link_leads_into_backward_and_scrolls_to_its_figure(page, site_url):
    page.goto(f"{site_url}/{PAGE}?stepper2=step:6,node:2#figure-2")
    pair = at_work(page.locator(".lr-stepper").nth(1))
    expect(pair.locator("output")).to_have_text(re.compile("^6 of .*, node 2 of "))
    page.wait_for_load_state("load")
    page.wait_for_function("""() => {
        const top = document.getElementById("figure-2").getBoundingClientRect().top;
        return document.fonts.status === "loaded" && top >= 0 && top < 120;
    }""")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("step:1e9", "15 of 15"),
        ("step:-1e9", "0 of 15"),
        ("step:2.4", "2 of 15"),
        ("step:nan", "0 of 15"),
        ("step:Infinity", "15 of 15"),
        ("step:,node:", "0 of 15"),
        ("step:8,node:99", "8 of 15"),
        ("step:8,node:-3", "8 of 15"),
        ("step:3,node:2.5,nodes:maybe", "3 of 15"),
    ],
)
def test_odd_values_in_the_address_break_nothing(page, site_url, asked, shown):
    page.goto(f"{site_url}/{PAGE}?stepper={asked}")
    stepper = page.locator(".lr-stepper").first
    expect(stepper.locator("output")).to_have_text(shown)
    expect(stepper.locator(".lr-where")).not_to_be_empty()


def test_a_printed_page_shows_what_backward_did(film):
    film.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(film.locator(".lr-where")).to_have_text("Line 8")
    assert "(-19.8, -5.6)" in numbers_on_edges(film)
    film.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(film.locator(".lr-where")).to_have_text("Before the first line")


TOUCHES = """(slider, [events, value]) => {
    const touch = (type, clientX, clientY) => {
        const where = { pointerType: "touch", clientX, clientY, bubbles: true };
        slider.dispatchEvent(new PointerEvent(type, where));
    };
    for (const [type, x, y] of events) {
        if (type !== "input") touch(`pointer${type}`, x, y);
        else {
            slider.value = value;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }
}"""


@pytest.mark.parametrize(
    ("events", "shown"),
    [
        ([["down", 100, 100], ["input"], ["move", 102, 140], ["cancel", 102, 140]], "0 of 15"),
        ([["down", 100, 100], ["move", 140, 100], ["input"], ["up", 140, 100]], "5 of 15"),
        ([["down", 100, 100], ["input"], ["up", 100, 100]], "5 of 15"),
    ],
    ids=["a swipe that scrolls", "a drag", "a tap"],
)
def test_only_a_finger_that_means_it_moves_the_slider(film, events, shown):
    slider = film.get_by_label("Step", exact=True)
    slider.evaluate(TOUCHES, [events, 5])
    expect(film.locator("output")).to_have_text(shown)
    assert slider.input_value() == shown.split()[0]


def test_buttons_and_slider(stepper):
    recording = trace(code_of(stepper)).to_dict()
    last = len(recording["steps"]) - 1
    for name, k in (("Last", last), ("Previous", last - 1), ("First", 0), ("Next", 1)):
        stepper.get_by_role("button", name=name, exact=True).click()
        holds_step(stepper, recording, k)
    slider = stepper.get_by_label("Step", exact=True)
    slider.focus()
    slider.press("ArrowRight")
    holds_step(stepper, recording, 2)
    slider.fill(str(last - 2))
    holds_step(stepper, recording, last - 2)
    assert slider.get_attribute("aria-valuetext") == f"{last - 2} of {last}"


def test_play_runs_to_the_end_and_pauses(stepper):
    stepper.page.clock.install()
    last = len(trace(code_of(stepper)).to_dict()["steps"]) - 1
    play = stepper.get_by_role("button", name="Play", exact=True)
    play.click()
    pause = stepper.get_by_role("button", name="Pause", exact=True)
    stepper.page.clock.run_for(4_500)
    expect(stepper.locator("output")).to_have_text(f"2 of {last}")
    pause.click()
    stepper.page.clock.run_for(10_000)
    expect(stepper.locator("output")).to_have_text(f"2 of {last}")
    play.click()
    stepper.page.clock.run_for(2_000 * last)
    expect(stepper.locator("output")).to_have_text(f"{last} of {last}")
    expect(play).to_be_visible()


def test_what_changed_is_announced(stepper):
    recording = trace(code_of(stepper)).to_dict()
    k = next(
        i
        for i, step in enumerate(recording["steps"])
        if any(fact["kind"] == "grad-stored" for fact in step.get("changed", []))
    )
    stepper.get_by_label("Step", exact=True).fill(str(k))
    region = stepper.locator("[aria-live=polite]").first
    told = [say(fact) for fact in recording["steps"][k]["changed"]]
    expect(region).to_contain_text(". ".join(told[:2]).replace(" → ", "\u00a0→\u00a0"))
    expect(region).to_contain_text(f"Line {recording['steps'][k]['line']}")


def test_the_address_gives_the_step_back(stepper, browser, watch):
    page = stepper.page
    for _ in range(5):
        stepper.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_url("**stepper=step:5,nodes:false#figure-1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stepper.get_by_role("button", name="Copy link").click()
    expect(stepper.get_by_role("button", name="Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    other = browser.new_page(viewport={"width": 1280, "height": 900})
    watch(other).goto(link)
    expect(at_work(other.locator(".lr-stepper").first).locator("output")).to_contain_text("5 of ")
    other.close()


def test_two_programs_step_together_and_their_differences_are_marked(pair):
    programs = pair.locator(".lr-program").all()
    recordings = [trace(code_of(program)).to_dict() for program in programs]
    assert [r["ended"]["reason"] for r in recordings] == ["error", "end"]
    expect(pair.locator(".lr-difference")).to_have_text("Nothing has run yet. Press Next.")
    pair.get_by_role("button", name="Next", exact=True).click()
    expect(pair.locator(".lr-difference")).to_have_text("No difference so far.")
    assert [program.locator(".lr-own-line").count() for program in programs] == [1, 1]
    for _ in range(2):
        pair.get_by_role("button", name="Next", exact=True).click()
    lines = [p.locator('[aria-current="step"] .lr-line-number').inner_text() for p in programs]
    assert lines == ["3", "3"]
    expect(pair.locator(".lr-difference")).to_contain_text("w (leaf or grad_fn")
    for program in programs:
        title = program.get_attribute("aria-label")
        row = pair.get_by_role("table", name=f"Tensors, {title}").get_by_role("row")
        row = row.filter(has=pair.page.locator("code", has_text=re.compile("^w$")))
        assert row.locator(".lr-cell-facts .lr-differs").count() == 1
    pair.get_by_role("button", name="Last", exact=True).click()
    error = recordings[0]["error"]
    wrong = programs[0].locator("[data-wrong] .lr-line-number")
    assert texts(wrong) == [str(error["line"])]
    said = programs[0].locator(".lr-changes .lr-error")
    assert said.inner_text() == f"{error['type']}: {error['message']}"
    expect(programs[0].locator(".lr-where")).to_have_text(f"Line {error['line']}, has ended")
    expect(pair.locator(".lr-printed").nth(1)).to_have_text("done")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_sticks_out(page, site_url, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(f"localStorage.mode = localStorage.theme = '{scheme}'")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site_url}/{PAGE}")
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    steppers = [at_work(one) for one in page.locator(".lr-stepper").all()]
    for name in ("Last", "Previous"):
        for stepper in steppers:
            stepper.get_by_role("button", name=name, exact=True).click()
        found = (
            Axe()
            .run(page, context=".lr-stepper", options={"preload": False})
            .response["violations"]
        )
        assert not found, json.dumps([(v["id"], v["nodes"][0]["html"]) for v in found], indent=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_still_picture_stands(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/{PAGE}")
    still = page.locator(".linreg-widget").first
    expect(still.locator("figcaption")).to_contain_text(
        "A program of 12 lines, stepped to its end."
    )
    expect(still.locator("svg").first).to_be_visible()
    context.close()


HOSTILE = """\
import torch
text = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"
w = {"<img src=x onerror='window.hacked = 3'>": torch.ones(1, requires_grad=True)}
print(text)
import warnings
warnings.warn(text)
raise ValueError(text)"""


def test_code_that_looks_like_markup_stays_text(page, site_url):
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        recording = trace(HOSTILE).to_dict()

    def with_hostile_recording(route):
        body = route.fetch().text()
        pattern = r'(<script[^>]*id="linreg-widget-state"[^>]*>)(.*?)(</script>)'
        head, state, tail = re.search(pattern, body, re.DOTALL).groups()
        state = json.loads(html.unescape(state))
        for widget in state.values():
            widget["state"].update(recordings=[recording], start=-1)
        embedded = json.dumps(state).replace("<", r"\u003c")
        route.fulfill(body=re.sub(pattern, lambda m: head + embedded + tail, body, flags=re.DOTALL))

    page.route(f"**/{PAGE}", with_hostile_recording)
    page.goto(f"{site_url}/{PAGE}")
    stepper = at_work(page.locator(".lr-stepper").first)
    text = HOSTILE.split('"')[1]
    assert code_of(stepper) == HOSTILE
    assert stepper.locator(".lr-lines .lr-error").inner_text() == f"ValueError: {text}"
    assert stepper.locator(".lr-printed").inner_text() == text
    expect(stepper.locator("[aria-live=polite]").first).to_contain_text(text)
    stepper.get_by_role("button", name="Previous", exact=True).click()
    expect(stepper.locator(".lr-changes")).to_contain_text(f"UserWarning: {text}")
    assert stepper.locator("img, script").count() == 0
    assert page.evaluate("window.hacked") is None
