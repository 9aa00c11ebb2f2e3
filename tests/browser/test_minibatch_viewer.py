"""The minibatch viewer on the built page, against data_iter."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from linreg_lib.widgets.minibatch_viewer import draw_batches

PAGE = "book/scratch/iterators.html"

pytestmark = pytest.mark.usefixtures("uncovered")


def open_viewer(page, address):
    page.goto(address)
    viewer = page.locator(".lr-batches").first
    expect(viewer.locator(".lr-batches-sentence")).to_contain_text("minibatch")
    return viewer


@pytest.fixture
def viewer(page, site_url):
    return open_viewer(page, f"{site_url}/{PAGE}")


def settings_of(viewer):
    return {
        "num_examples": int(viewer.get_by_label("Examples", exact=True).input_value()),
        "batch_size": int(viewer.get_by_label("Batch size", exact=True).input_value()),
        "seed": int(viewer.get_by_label("Seed", exact=True).input_value()),
        "shuffle": viewer.get_by_label("Shuffle").is_checked(),
        "drop_last": viewer.get_by_label("Drop last").is_checked(),
    }


def rows(viewer):
    return [
        [int(cell) for cell in row.locator(".lr-cell").all_inner_texts()]
        for row in viewer.locator(".lr-batches-list li").all()
    ]


def press(*keys):
    return lambda control: [control.focus(), *(control.press(key) for key in keys)]


def click_at(fraction):
    return lambda control: control.click(
        position={"x": fraction * control.bounding_box()["width"], "y": 8}
    )


ACTIONS = {
    "nothing": ("Seed", lambda control: None),
    "examples by mouse": ("Examples", click_at(0.8)),
    "examples by keyboard": ("Examples", press("ArrowLeft", "ArrowLeft")),
    "batch size by mouse": ("Batch size", click_at(0.5)),
    "batch size by keyboard": ("Batch size", press("ArrowRight")),
    "seed by keyboard": ("Seed", press("ArrowUp")),
    "seed by mouse": ("Seed", lambda control: (control.dblclick(), control.fill("12"))),
    "shuffle by mouse": ("Shuffle", lambda control: control.click()),
    "shuffle by keyboard": ("Shuffle", press("Space")),
    "drop last by mouse": ("Drop last", lambda control: control.click()),
    "drop last by keyboard": ("Drop last", press("Space")),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_the_order_shown_is_the_one_data_iter_draws(viewer, action):
    name, act = ACTIONS[action]
    before = settings_of(viewer)
    act(viewer.get_by_label(name, exact=True))
    settings = settings_of(viewer)
    assert (settings != before) == (action != "nothing")
    if settings != before:
        viewer.page.wait_for_url("**batches=*")
    first = draw_batches(settings, 1)[0]
    assert not any(rows(viewer)), "nothing is told before it is drawn"
    viewer.get_by_label("Minibatches drawn").fill(str(len(first)))
    shown = rows(viewer)
    assert shown[: len(first)] == first
    left = sorted(set(range(settings["num_examples"])) - {i for batch in first for i in batch})
    assert shown[len(first) :] == ([left] if left else [])


def test_steps_walk_through_the_epochs(viewer):
    settings = settings_of(viewer)
    epochs = draw_batches(settings, 3)
    step = viewer.get_by_role("button", name="Step")
    sentence = viewer.locator(".lr-batches-sentence")
    position = viewer.get_by_label("Minibatches drawn")
    for e, batches in enumerate(epochs[:2]):
        for k, batch in enumerate(batches):
            step.press("Enter") if k % 2 else step.click()
            expect(sentence).to_contain_text(
                f"epoch {e + 1}, minibatch {k + 1} of {len(batches)}: "
                f"examples {', '.join(map(str, batch))}"
            )
            current = viewer.locator(".lr-cells .lr-current").all_inner_texts()
            assert sorted(map(int, current)) == sorted(batch)
        expect(sentence).to_contain_text("every example was seen once")
        assert rows(viewer) == batches
    viewer.get_by_role("button", name="Reset").click()
    expect(position).to_have_value("0")
    viewer.get_by_role("button", name="Play").click()
    viewer.page.wait_for_function("e => Number(e.value) >= 2", arg=position.element_handle())
    viewer.get_by_role("button", name="Pause").click()


def test_a_link_reproduces_the_figure(viewer):
    viewer.get_by_label("Drop last").check()
    viewer.get_by_label("Seed").fill("5")
    viewer.get_by_role("button", name="Step").click()
    viewer.page.wait_for_url(re.compile("at:1"))
    text, shown = viewer.locator(".lr-batches-sentence").inner_text(), rows(viewer)
    again = open_viewer(viewer.page, viewer.page.url)
    expect(again.locator(".lr-batches-sentence")).to_have_text(text)
    assert rows(again) == shown


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_narrow_page(page, site_url, theme):
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme=theme)
    viewer = open_viewer(page, f"{site_url}/{PAGE}")
    viewer.get_by_label("Drop last").check()
    viewer.get_by_role("button", name="Step").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, context=".lr-batches", options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
