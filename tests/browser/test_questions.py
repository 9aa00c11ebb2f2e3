"""Predictions and exercises in a browser: said, told, kept, forgotten; without a script, too."""

import pytest
from asking import PAGE, build_page, write_bank
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("blocked", "SecurityError"); },
});"""
READ = {
    "1e-3": 0.001,
    "1,000": 1000,
    "1 000": 1000,
    "1\u202f000": 1000,
    "1,234,567.5": 1234567.5,
    "0,5": 0.5,
    "0,125": 0.125,
    "1,5": 1.5,
    "2/3": 2 / 3,
    "1 / 64": 1 / 64,
    "−0.6": -0.6,
    "10^-3": 0.001,
    "2·10^3": 2000,
    "50 %": 0.5,
    "~16": 16,
    "w = 1.8": 1.8,
    ".5": 0.5,
    "16.": 16,
    "16 minibatches": 16,
}
NO_NUMBERS = ["", "sixteen", "16 40", "1/2/3", "nan", "1e", "--1", "1.2.3"]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The page of questions, opened from disk."""
    folder = tmp_path_factory.mktemp("questions")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINREG_LIB_ROOT", str(write_bank(folder / "bank")))
        site, _ = build_page(folder, PAGE)
    return (site / "page.html").as_uri()


@pytest.fixture
def asked(page, address):
    page.goto(address)
    return page


def test_a_prediction_uncovers_what_follows_and_is_compared(asked):
    cover = asked.locator(".predict-cover").first
    text = cover.get_by_text("What was covered.")
    expect(text).to_be_hidden()
    asked.get_by_role("button", name="A line").press("Enter")
    expect(text).to_be_visible()
    expect(asked.locator("[data-predict=thick] [role=status]")).to_contain_text("is open now")
    expect(cover).to_contain_text("You said A line.")
    expect(cover.get_by_text("Not so, since")).to_be_visible()
    expect(cover.get_by_text("It is so: A thick band")).to_be_visible()
    expect(asked.get_by_text("What was covered next.")).to_be_hidden()


def test_a_number_is_predicted_or_skipped(asked):
    place, cover = asked.locator("[data-predict=how-many]"), asked.locator(".predict-cover").last
    place.get_by_role("textbox").fill("many")
    place.get_by_role("textbox").press("Enter")
    expect(place.get_by_role("status")).to_contain_text("I read no number in “many”")
    expect(cover.get_by_text("What was covered next.")).to_be_hidden()
    place.get_by_role("textbox").fill("34,5")
    place.get_by_role("button", name="That is my prediction").click()
    expect(cover).to_contain_text("You said 34,5.")
    expect(cover.get_by_text("Half of it.")).to_be_visible()
    first = asked.locator("[data-predict=thick]")
    first.get_by_role("button", name="Skip").click()
    expect(asked.get_by_text("You skipped this one.")).to_be_visible()
    expect(asked.get_by_text("Not so, since")).to_be_hidden()


def test_a_wrong_choice_is_struck_out_with_its_reason_and_one_tries_again(asked):
    place = asked.locator("#ex-shape")
    wrong = place.get_by_role("button", name="(5, 1)")
    wrong.click()
    told = place.get_by_text("A column comes of a column.")
    expect(told).to_be_visible()
    assert told.get_attribute("role") == "status"
    expect(place.get_by_role("button", name="(5, 1) (struck out)")).to_be_disabled()
    place.get_by_role("button", name="Hint 1 of 3").click()
    expect(place.get_by_text("Which dimensions meet?")).to_be_visible()
    place.get_by_role("button", name="(5,)").click()
    expect(place.get_by_text("The 2 meets the 2")).to_be_visible()
    expect(place.get_by_role("button", name="(5, 2)")).to_be_disabled()


def test_a_number_is_told_its_mistake_and_others_the_truth(asked):
    place = asked.locator("#ex-steps")
    told = place.locator(".ask-told")
    for typed, says in (
        ("10", "10 is the number of epochs."),
        ("1/3", "1/3 is a share."),
        ("77", "77 it is not."),
        ("x", "I read no number in “x”"),
        ("1,000", "Right: a thousand."),
    ):
        place.get_by_role("textbox").fill(typed)
        place.get_by_role("textbox").press("Enter")
        expect(told).to_contain_text(says)
    assert told.get_attribute("role") == "status"


def test_numbers_are_read_as_people_write_them(asked):
    read = "texts => texts.map((text) => String(linregAsk.readNumber(text)))"
    assert [float(v) for v in asked.evaluate(read, list(READ))] == pytest.approx(
        list(READ.values()), rel=1e-12
    )
    assert set(asked.evaluate(read, NO_NUMBERS)) == {"NaN"}


def test_of_several_each_wrong_one_has_its_reason_and_what_lacks_is_counted(asked):
    place = asked.locator("#ex-leaves")
    place.get_by_label("a = ").check()
    place.get_by_label("d = ").check()
    place.get_by_role("button", name="Check").click()
    expect(place.get_by_text("d is a result.")).to_be_visible()
    expect(place.get_by_text("One more applies.")).to_be_visible()
    place.get_by_label("d = ").uncheck()
    place.get_by_label("c = ").check()
    place.get_by_role("button", name="Check").click()
    expect(place.get_by_text("Right: a and c.")).to_be_visible()
    expect(place.get_by_text("d is a result.")).to_be_hidden()


def test_lines_are_put_in_order_by_keyboard_and_by_drag(asked):
    place = asked.locator("#ex-step")
    place.get_by_role("button", name="Check").click()
    expect(place.get_by_text(".grad is None at the update.")).to_be_visible()
    place.get_by_role("button", name="Move down: sgd").focus()
    asked.keyboard.press("Enter")
    asked.keyboard.press("Space")
    expect(place.get_by_text("line 3 of 3")).to_have_count(1)
    place.get_by_role("button", name="Check").click()
    expect(place.get_by_text("Right: w moves.")).to_be_visible()
    grip = place.locator(".ask-grip").first.bounding_box()
    asked.mouse.move(grip["x"] + 5, grip["y"] + 5)
    asked.mouse.down()
    low = place.locator(".ask-grip").last.bounding_box()
    asked.mouse.move(grip["x"] + 5, (grip["y"] + low["y"]) / 2 + 20)
    asked.mouse.move(grip["x"] + 5, low["y"] + low["height"])
    asked.mouse.up()
    expect(place.locator("li").last).to_contain_text("loss = squared_loss")
    place.get_by_role("button", name="Check").click()
    expect(place.get_by_text("loss is not there yet.")).to_be_visible()


def test_answers_survive_a_reload_are_marked_in_the_contents_and_can_be_forgotten(asked):
    asked.get_by_role("button", name="A thick band").click()
    asked.locator("#ex-steps").get_by_role("textbox").fill("1000")
    asked.locator("#ex-steps").get_by_role("textbox").press("Enter")
    asked.locator("#ex-shape").get_by_role("button", name="(5, 2)").click()
    mark = asked.locator(".bd-sidebar-primary .answered")
    expect(mark).to_contain_text("1/5")
    asked.reload()
    expect(asked.get_by_text("What was covered.", exact=True)).to_be_visible()
    expect(asked.locator("#ex-steps")).to_contain_text("Right: a thousand.")
    expect(asked.get_by_text("That is X * w.")).to_be_visible()
    expect(mark).to_contain_text("1 of 5 exercises solved")
    asked.get_by_role("button", name="Forget my answers").click()
    expect(mark).to_have_count(0)
    assert asked.evaluate("localStorage.getItem('linreg-answers')") is None
    asked.reload()
    expect(asked.get_by_text("What was covered.", exact=True)).to_be_hidden()


@pytest.mark.parametrize(
    "kept", ["{", "3", "null", '{"page": 4}', '{"page": {"said": {"shape": 3, "predict-how": []}}}']
)
def test_what_somebody_else_left_in_the_storage_breaks_nothing(page, address, kept):
    page.add_init_script(f"localStorage.setItem('linreg-answers', {kept!r})")
    page.goto(address)
    page.get_by_role("button", name="A line").click()
    expect(page.get_by_text("You said A line.")).to_be_visible()


def test_where_the_browser_keeps_nothing_answers_last_as_long_as_the_page(browser, address):
    page = browser.new_page()  # not watched: the theme's own script complains
    page.add_init_script(BLOCKED)
    page.goto(address)
    page.get_by_role("button", name="A line").click()
    page.locator("#ex-shape").get_by_role("button", name="(5,)").click()
    expect(page.locator(".bd-sidebar-primary .answered")).to_contain_text("1/5")
    expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
    page.close()


def test_code_is_written_in_an_editor_and_solutions_come_when_asked_for(asked):
    place = asked.locator("#ex-sgd")
    place.get_by_role("button", name="Write it here").click()
    editor = place.get_by_role("textbox")
    expect(editor).to_be_focused()
    assert "def sgd(params, lr, batch_size):" in editor.input_value()
    expect(place.get_by_text("the page cannot run your code")).to_be_visible()
    assert place.get_by_role("link", name="The notebook").get_attribute("href") == "page.ipynb"
    expect(place.get_by_text("zero_")).to_have_count(0)
    place.get_by_role("button", name="Show a solution").click()
    expect(place.locator("pre code").first).to_contain_text("def sgd")
    assert place.locator("pre").count() >= 3


def test_a_link_into_what_is_covered_uncovers_it(page, address):
    page.goto(address.replace("page.html", "other.html"))
    page.goto(f"{address}#predict-thick")
    expect(page.get_by_text("What was covered.", exact=True)).to_be_hidden()


def test_without_a_script_and_in_print_all_is_open(browser, address, page):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)
    for text in ("What was covered.", "Not so, since", "About 66.", "What was covered next."):
        expect(plain.get_by_text(text)).to_be_visible()
    expect(plain.get_by_text("Solution to exercise 1")).to_be_visible()
    context.close()
    page.goto(address)
    page.get_by_role("button", name="A line").click()
    page.emulate_media(media="print")
    for text in ("What was covered next.", "Half of it.", "A thick band"):
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_text("Solution to exercise 1")).to_be_hidden()
    expect(page.get_by_role("button", name="Check").first).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows_a_phone(asked, theme):
    asked.set_viewport_size({"width": 390, "height": 844})
    asked.get_by_role("button", name="A line").click()
    asked.locator("#ex-shape").get_by_role("button", name="(5, 2)").click()
    asked.locator("#ex-step").get_by_role("button", name="Check").click()
    asked.locator("#ex-sgd").get_by_role("button", name="Write it here").click()
    asked.locator("#ex-sgd").get_by_role("button", name="Show a solution").click()
    asked.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    for part in (".predict", ".predict-cover", ".exercise", ".ask-note"):
        found = Axe().run(asked, context=part, options={"preload": False})
        assert found.violations_count == 0, found.generate_report()
    assert asked.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_code_is_checked_in_the_page_by_what_it_does(page, site_url):
    page.goto(f"{site_url}/book/scratch/sgd.html")
    place = page.locator("#ex-sgd-write")
    place.get_by_role("button", name="Write it here").click()
    editor, told = place.get_by_role("textbox"), place.locator(".ask-told").last
    check = place.get_by_role("button", name="Check")
    check.click()
    expect(told).to_contain_text("Nothing is written here yet", timeout=90_000)
    start = editor.input_value()
    for update, says in (
        ("param = param - lr * param.grad / batch_size", "Your w has not moved"),
        ("param -= lr * param.grad / batch_size; param.grad.zero_()", "Right"),
    ):
        lines = f"    with torch.no_grad():\n        for param in params:\n            {update}\n"
        editor.fill(start.replace("    ...", lines))
        check.click()
        expect(told).to_contain_text(says, timeout=20_000)
    expect(place.locator("pre code").first).to_contain_text("def sgd")
    expect(page.locator(".bd-sidebar-primary .answered")).to_contain_text("1/")
