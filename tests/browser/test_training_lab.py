"""The training lab on the built page: every control, by mouse and by keyboard, against PyTorch."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from linreg_lib.widgets.training_lab import DEFAULTS, PRESETS, train_with

# The training chapter has the lab in full, below a question. The tests of its controls take it as
# it stands elsewhere, with its run shown: this changes its state before the loader mounts it.
PAGE = "book/scratch/training.html"
LANDING = "book/index.html"
ASKED_NOTHING = """document.addEventListener("DOMContentLoaded", () => {
    const text = document.getElementById("linreg-widget-state");
    text.textContent = text.textContent.replaceAll('"predict":true', '"predict":false');
}, true)"""

pytestmark = pytest.mark.usefixtures("uncovered")


@pytest.fixture
def lab(page, site_url):
    page.add_init_script(ASKED_NOTHING)
    page.goto(f"{site_url}/{PAGE}")
    return first_lab(page)


def first_lab(page):
    lab = page.locator(".lr-lab").first
    expect(lab.locator(".lr-lab-sentence")).to_contain_text("step")
    return lab


def settings_in(page):
    """The settings in the page's address, over the default ones, and the position, if any."""
    state = re.search(r"[?&]lab=([^&#]*)", page.url)
    texts = dict(part.split(":") for part in state[1].split(",")) if state else {}
    settings = {
        name: texts.get(name) == "true"
        if isinstance(value, bool) and name in texts
        else type(value)(texts.get(name, value))
        for name, value in DEFAULTS.items()
    }
    return settings, int(texts["at"]) if "at" in texts else None


def readouts(lab):
    """The numbers that stand there: loss, w1, w2, b."""
    texts = lab.locator(".lr-readout-value").all_inner_texts()
    return [float(text.replace("\u2212", "-")) for text in texts]


def holds_what_pytorch_says(lab):
    """The readouts and the table are those of `linreg_lib.train`."""
    settings, at = settings_in(lab.page)
    run, true_losses = train_with(settings)
    at = run.num_steps if at is None else at
    expect(lab.locator(".lr-lab-sentence")).to_contain_text(f"step {at}")
    loss, *params = readouts(lab)
    assert params == pytest.approx(run.step_params[at - 1].tolist(), abs=2e-3, nan_ok=True)
    if at % run.steps_per_epoch == 0:
        true = true_losses[at // run.steps_per_epoch - 1]
        assert loss == pytest.approx(true, rel=0.02, abs=2e-6, nan_ok=True)
    expect(lab.locator(".lr-lab-table tbody tr")).to_have_count(settings["num_epochs"] + 1)
    return settings


def plotted(lab):
    """The strings of the plotted paths: predictions, losses, and parameters."""
    drawn = (
        ".lr-fit-chart .lr-examples:last-child",
        ".lr-loss-chart .lr-line",
        ".lr-path-chart .lr-line",
    )
    return [
        lab.locator(f"{one}:not(.lr-faint):not(.lr-ghost)").first.get_attribute("d")
        for one in drawn
    ]


def by_mouse_on_track(control, fraction):
    box = control.bounding_box()
    control.click(position={"x": fraction * box["width"], "y": box["height"] / 2})


def keys(*names):
    def press(control):
        control.focus()
        for name in names:
            control.press(name)

    return press


def track(fraction):
    return lambda control: by_mouse_on_track(control, fraction)


ACTIONS = {
    "lr by mouse": ("Learning rate", track(0.7), "lr"),
    # One key each: the address of the first would be taken for that of the second.
    "lr by keyboard": ("Learning rate", keys("ArrowRight"), "lr"),
    "lr by a page": ("Learning rate", keys("PageUp"), "lr"),
    "lr diverging": ("Learning rate", keys("End"), "lr"),
    "batch size by mouse": ("Batch size", track(0.5), "batch_size"),
    "batch size by keyboard": ("Batch size", keys("ArrowRight"), "batch_size"),
    "epochs by mouse": ("Epochs", track(0.4), "num_epochs"),
    "epochs by keyboard": ("Epochs", keys("ArrowRight"), "num_epochs"),
    "examples by mouse": ("Examples", track(0.3), "num_examples"),
    "examples by keyboard": ("Examples", keys("ArrowLeft"), "num_examples"),
    "noise by mouse": ("Noise", track(0.9), "noise_std"),
    "noise by keyboard": ("Noise", keys("Home"), "noise_std"),
    "seed by mouse": ("Seed", lambda c: (c.dblclick(), c.fill("7")), "seed"),
    "seed by keyboard": ("Seed", keys("ArrowUp"), "seed"),
    "clear by mouse": ("Clear gradients", lambda c: c.click(), "clear_gradients"),
    "clear by keyboard": ("Clear gradients", keys("Space"), "clear_gradients"),
    "divide by mouse": ("Divide by batch size", lambda c: c.click(), "divide_by_batch_size"),
    "divide by keyboard": ("Divide by batch size", keys("Space"), "divide_by_batch_size"),
    "reshape by mouse": ("Reshape labels", lambda c: c.click(), "reshape_labels"),
    "reshape by keyboard": ("Reshape labels", keys("Space"), "reshape_labels"),
    "update by mouse": ("Update", lambda c: c.select_option("rebind"), "update"),
    "update by keyboard": ("Update", keys("ArrowDown"), "update"),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_a_control_changes_text_and_plot_as_pytorch_does(lab, action):
    name, act, setting = ACTIONS[action]
    before = plotted(lab)
    act(lab.get_by_label(name, exact=True))
    lab.page.wait_for_url("**lab=*")
    settings = holds_what_pytorch_says(lab)
    assert settings[setting] != DEFAULTS[setting]
    assert {k: v for k, v in settings.items() if k != setting} == {
        k: v for k, v in DEFAULTS.items() if k != setting
    }
    after = plotted(lab)
    assert after[1] != before[1]
    if setting != "num_epochs":  # the path has arrived: more epochs move it by less than a pixel
        assert after[2] != before[2]
    if setting not in ("num_epochs", "noise_std", "batch_size", "lr"):  # these may all arrive
        assert after[0] != before[0]


@pytest.mark.parametrize("preset", ["border", "diverging", "broadcast"])
def test_a_preset_sets_everything(lab, preset):
    lab.get_by_label("Preset").select_option(preset)
    lab.page.wait_for_url("**lab=*")
    assert holds_what_pytorch_says(lab) == {**DEFAULTS, **PRESETS[preset]}
    lab.get_by_label("Seed").fill("3")
    expect(lab.get_by_label("Preset")).to_have_value("")  # changed: no preset any more


def test_divergence_is_shown_as_what_it_is(lab):
    keys("End")(lab.get_by_label("Learning rate"))
    run, _ = train_with({**DEFAULTS, "lr": 10.0})
    overflow = 1 + int((~run.step_losses.isfinite()).int().argmax())
    nan = 1 + int(run.step_params.isnan().any(1).int().argmax())
    text = lab.locator(".lr-lab-event")
    expect(text).to_contain_text("overflows float32 to inf at step")
    said = [int(n) for n in re.findall(r"step (\d+)", text.inner_text())]
    assert said == pytest.approx([overflow, nan], abs=2)
    expect(lab.locator(".lr-loss-chart")).to_contain_text("nan")
    assert not any("NaN" in d or "Infinity" in d for d in plotted(lab))


def test_the_rates_all_at_once_come_when_asked_for(lab):
    note = lab.locator(".lr-scan-note")
    expect(note).to_be_empty()
    assert lab.locator(".lr-limit").count() == 0
    parts = lab.get_by_label("Learning rate"), lab.locator(".lr-lab-charts")
    height = "(e) => e.getBoundingClientRect().top + scrollY"
    places = [part.evaluate(height) for part in parts]
    lab.get_by_role("button", name="Show all rates").click()
    expect(note).to_contain_text("Of 5 seeds with batches of 10, some grow from 1.")
    expect(note).to_contain_text("Limit of the full batch: 1.82")
    assert [part.evaluate(height) for part in parts] == pytest.approx(places)  # nothing slides
    line = lab.locator(".lr-limit").bounding_box()
    track_box = lab.get_by_label("Learning rate").bounding_box()
    inside = (line["x"] - track_box["x"]) / track_box["width"]
    assert 0.82 < inside < 0.87  # between 1 (0.8) and 10 (1)
    keys("Home")(lab.get_by_label("Batch size", exact=True))
    expect(note).to_contain_text("batches of 1, some grow from 0.")
    lab.get_by_label("Reshape labels").click()  # the limit is one of the right loop
    expect(note).to_contain_text("grow")
    expect(note).not_to_contain_text("Limit")


def test_the_rates_come_to_a_reader_who_has_tried(lab):
    rate = lab.get_by_label("Learning rate")
    keys("ArrowRight", "ArrowLeft")(rate)
    expect(lab).not_to_have_attribute("data-moving", "")
    expect(lab.get_by_role("button", name="Show all rates")).to_be_visible()
    keys("End")(rate)
    expect(lab.locator(".lr-scan-note")).to_contain_text("seeds")


def test_the_run_before_stays_while_a_control_moves(lab):
    ghost = lab.locator(".lr-loss-chart .lr-ghost")
    before = lab.locator(".lr-loss-chart .lr-line").nth(2).get_attribute("d")
    rate = lab.get_by_label("Learning rate")
    rate.scroll_into_view_if_needed()
    box = rate.bounding_box()
    y = box["y"] + box["height"] / 2
    lab.page.mouse.move(box["x"] + 0.3 * box["width"], y)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + 0.4 * box["width"], y, steps=4)
    expect(lab).to_have_attribute("data-moving", "")
    expect(ghost).to_have_attribute("d", before)
    assert lab.locator(".lr-path-chart .lr-ghost").get_attribute("d").startswith("M")
    assert lab.locator(".lr-fit-chart .lr-ghost").get_attribute("d").startswith("M")
    lab.page.mouse.up()
    expect(lab).not_to_have_attribute("data-moving", "")
    expect(ghost).to_be_hidden()


def test_the_paths_frame_holds_the_path(lab):
    lab.get_by_label("Preset").select_option("forgotten-gradients")  # the pendulum
    expect(lab.locator(".lr-lab-sentence")).to_contain_text("step 300")
    chart = lab.locator(".lr-path-chart")
    expect(chart).not_to_contain_text("outside")
    size = chart.locator(".lr-inside").evaluate(
        "e => e.getAttribute('viewBox').split(' ').map(Number)"
    )
    points = re.findall(r"[ML]([-\d.]+),([-\d.]+)", plotted(lab)[2])
    assert len(points) > 100
    for x, y in points:
        assert size[0] <= float(x) <= size[0] + size[2]
        assert size[1] <= float(y) <= size[1] + size[3]


def test_play_step_reset_and_scrub(lab):
    position = lab.get_by_label("Position")
    reset, step = (lab.get_by_role("button", name=name) for name in ("Reset", "Step"))
    reset.click()
    expect(position).to_have_value("0")
    expect(lab.locator(".lr-lab-gradient")).to_contain_text("None")
    step.focus()
    step.press("Enter")
    step.press("Space")
    expect(position).to_have_value("2")
    lab.page.wait_for_url("**at:2*")
    holds_what_pytorch_says(lab)
    settings, _ = settings_in(lab.page)
    run, _ = train_with(settings)
    cell = lab.locator(".lr-lab-gradient tbody tr").first.locator("td").nth(2)
    assert float(cell.inner_text().replace("\u2212", "-")) == pytest.approx(
        run.step_grads[1, 0].item(), rel=6e-3
    )
    position.focus()
    position.press("End")
    expect(position).to_have_value("300")
    play = lab.get_by_role("button", name="Play")
    play.click()
    pause = lab.get_by_role("button", name="Pause")
    expect(pause).to_be_visible()
    lab.page.wait_for_function("e => Number(e.value) > 20", arg=position.element_handle())
    pause.press("Enter")
    expect(play).to_be_visible()
    chart = lab.locator(".lr-loss-chart")
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] - 12, "y": 80})
    assert int(position.input_value()) > 290


def test_reduced_motion_plays_in_few_jumps(lab):
    lab.page.emulate_media(reduced_motion="reduce")
    seen = lab.page.evaluate(
        """async (lab) => {
            const position = lab.querySelector(".lr-player input");
            const seen = new Set();
            lab.querySelector(".lr-play").click();
            while (seen.size < 3) {
                seen.add(position.value);
                await new Promise(requestAnimationFrame);
            }
            lab.querySelector(".lr-play").click();
            return [...seen].map(Number);
        }""",
        lab.element_handle(),
    )
    assert seen == [0, 50, 100]


def test_a_live_region_says_it_once_it_rests(lab):
    keys("ArrowRight", "ArrowRight", "ArrowRight")(lab.get_by_label("Learning rate"))
    live = lab.locator("[aria-live=polite]").last
    expect(live).to_contain_text(
        f"loss {lab.locator('.lr-readout-value').first.inner_text()}, w₁ ="
    )


def test_a_link_reproduces_the_figure(lab, browser, watch, site_url):
    page = lab.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.get_by_label("Preset").select_option("forgotten-gradients")
    lab.get_by_label("Seed").fill("11")
    lab.get_by_label("Axes of the path").select_option("w1,b")
    position = lab.get_by_label("Position")
    position.focus()
    position.press("PageDown")
    lab.page.wait_for_url("**at:*")
    lab.get_by_role("button", name="Copy link").click()
    expect(lab.get_by_text("Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    other = browser.new_page(viewport={"width": 1280, "height": 900})
    other.add_init_script(ASKED_NOTHING)
    watch(other).goto(link)
    again = first_lab(other)
    expect(again.locator(".lr-lab-sentence")).to_have_text(
        lab.locator(".lr-lab-sentence").inner_text()
    )
    assert readouts(again) == readouts(lab)
    assert set(re.findall(r"(\w+):", link.split("lab=")[1])) == {
        "seed",
        "axes",
        "clear_gradients",
        "at",
    }
    assert plotted(again) == plotted(lab)
    expect(again.get_by_label("Clear gradients")).not_to_be_checked()
    other.close()


@pytest.mark.parametrize(
    "state", ["lr:banana,batch_size:-3,seed:1e99", "junk", "lr:0,update:<b>,at:x,num_epochs:99"]
)
def test_senseless_links_do_no_harm(page, site_url, state):
    page.goto(f"{site_url}/{PAGE}?lab={state}")
    expect(first_lab(page).locator(".lr-lab-sentence")).to_contain_text("Epoch")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_overflows(page, site_url, theme, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    page.goto(f"{site_url}/{PAGE}")
    lab = first_lab(page)
    if width == 320:
        lab.locator("summary").click()
    lab.get_by_label("Preset").select_option("diverging")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, context=".lr-lab", options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
    for name in ("Learning rate", "Batch size", "Epochs", "Examples", "Noise", "Seed", "Update"):
        box = lab.get_by_label(name, exact=True).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_without_scripts_a_still_stands_there(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/{PAGE}")
    figure = page.locator(".linreg-widget figure").first
    expect(figure.locator("svg").first).to_be_visible()
    expect(figure.locator("figcaption")).to_contain_text("Before the first step")
    page.goto(f"{site_url}/{LANDING}")
    expect(page.locator(".linreg-widget figcaption")).to_contain_text("ends at loss")
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1366, 650), (390, 844)])
def test_the_landing_page_shows_cause_and_effect_on_one_screen(
    browser, watch, site_url, width, height
):
    page = browser.new_page(viewport={"width": width, "height": height})
    watch(page).goto(f"{site_url}/{LANDING}")
    lab = first_lab(page)
    sentence = page.locator("article p").first
    for part in (sentence, lab.get_by_label("Learning rate"), lab.locator(".lr-fit-chart")):
        box = part.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height, part
    text = page.locator("article").inner_text()
    assert "λ" not in text
    assert "noise floor" not in text
    expect(
        page.locator("article").get_by_role("link", name="Find it by its message").first
    ).to_be_visible()
    page.close()


def test_the_landing_run_plays_once_and_then_waits(page, site_url):
    page.goto(f"{site_url}/{LANDING}")
    lab = first_lab(page)
    position = lab.get_by_label("Position")
    steps = int(position.get_attribute("max"))
    page.wait_for_function(
        "([e, n]) => e.value > 0 && e.value < n", arg=[position.element_handle(), steps]
    )
    expect(position).to_have_value(str(steps), timeout=15_000)
    expect(lab.get_by_role("button", name="Play")).to_be_visible()
    assert "lab=" not in page.url
    line = lab.locator(".lr-fit-chart .lr-fit-line").get_attribute("d")
    lab.get_by_role("button", name="too large").click()
    expect(lab.locator(".lr-lab-sentence")).to_contain_text("growing")
    expect(lab.get_by_role("button", name="too large")).to_have_attribute("aria-pressed", "true")
    lab.get_by_role("button", name="just right").click()
    expect(lab.locator(".lr-fit-chart .lr-fit-line")).to_have_attribute("d", line)


def test_without_motion_the_landing_run_stands_at_its_end(page, site_url):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site_url}/{LANDING}")
    expect(first_lab(page).locator(".lr-lab-sentence")).to_contain_text("converged")


def test_the_line_is_the_one_that_pytorch_finds(page, site_url):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site_url}/{LANDING}")
    lab = first_lab(page)
    own = {"lr": 0.1, "num_examples": 200, "noise_std": 1.0}
    run, _ = train_with({**DEFAULTS, **own}, num_features=1)
    assert readouts(lab)[1:] == pytest.approx(run.step_params[-1].tolist(), abs=2e-3)


def test_below_a_question_nothing_is_given_away(page, site_url):
    page.goto(f"{site_url}/{PAGE}")
    lab = first_lab(page)
    expect(lab.get_by_label("Position")).to_have_value("0")
    assert readouts(lab)[2:] == [pytest.approx(0, abs=0.02), 0]
    assert not any(plotted(lab)[1:2])
    assert "converged" not in lab.inner_text()
    assert lab.locator(".lr-loss-chart").get_attribute("aria-label") == "Loss by step"
    assert lab.locator(".lr-lab-table tbody tr").nth(3).inner_text().split() == ["3"]
    lab.get_by_role("button", name="Step").click()
    expect(lab.locator(".lr-lab-sentence")).to_have_text("Epoch 1, step 1")
    keys("ArrowRight")(lab.get_by_label("Learning rate"))  # a try: now all is shown
    expect(lab.locator(".lr-lab-sentence")).to_contain_text("step 300: converged")
    expect(lab.locator(".lr-lab-table tbody tr").nth(3)).to_contain_text("300")


def test_a_refused_seed_does_not_stay(lab):
    seed = lab.get_by_label("Seed")
    seed.fill("-3")
    seed.press("Tab")
    expect(seed).to_have_value("0")


def test_opens_from_disk(page, site):
    page.goto((site / PAGE).as_uri())
    lab = first_lab(page)
    keys("End")(lab.get_by_label("Learning rate"))
    expect(lab.locator(".lr-lab-sentence")).to_contain_text("diverged")
    page.wait_for_url("**lab=lr:10*")
