"""What the steppers' layout promises, measured on every page of the book that has one."""

import pytest
from building import UNCOVER

LARGE = [(1280, 800), (1366, 768)]
PHONE = (390, 844)

# Boxes of one stepper as it stands after it was scrolled to the top of the window.
BOXES = """(stepper) => {
    stepper.scrollIntoView({ block: "start", behavior: "instant" });
    const box = (node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        return { left, top, right, bottom };
    };
    const all = (selector) => [...stepper.querySelectorAll(selector)];
    const header = document.querySelector(".bd-header-article")?.getBoundingClientRect().bottom;
    return {
        header: header ?? 0,
        controls: box(stepper.querySelector(".lr-controls")),
        codes: all(".lr-code").map(box),
        graphs: all(".lr-graph").map(box),
        current: all('[aria-current="step"]').map(box),
        cut: all(".lr-lines code, .lr-lines .lr-error")
            .filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0)
            .map((node) => node.textContent),
        small: all("svg text").filter((node) => {
            const size = parseFloat(getComputedStyle(node).fontSize);
            return node.textContent && size * (node.getScreenCTM()?.a ?? 1) < 9.99;
        }).map((node) => node.textContent),
        page: document.documentElement.scrollWidth,
    };
}"""

# The same place, scrolled so that this part stands in the middle of the window.
CONTROLS_AT = """(stepper, part) => {
    const node = [...stepper.querySelectorAll(part)].at(-1);
    node.scrollIntoView({ block: "center", behavior: "instant" });
    const box = (node) => node.getBoundingClientRect();
    const { top, bottom } = box(stepper.querySelector(".lr-controls"));
    const line = box(stepper.querySelector(".lr-now"));
    const part_ = box(node);
    return { top, bottom, line: line.height, inside: part_.bottom > 0 && part_.top < top };
}"""


def pages_with_steppers(site):
    return sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if '"recordings":[{' in path.read_text(encoding="utf-8")
    )


@pytest.fixture(scope="module")
def measured(site, browser):
    """{(page, stepper, size, step): boxes} of all steppers, in one pass over the pages."""
    found, phone = {}, {}
    page = browser.new_page()
    page.add_init_script(UNCOVER)
    for name in pages_with_steppers(site):
        page.set_viewport_size({"width": LARGE[0][0], "height": LARGE[0][1]})
        page.goto((site / name).as_uri())
        page.wait_for_function(
            "[...document.querySelectorAll('.linreg-widget')].every((e) => e.dataset.state)"
        )
        steppers = list(enumerate(page.locator(".lr-stepper").all()))
        for step in ("start", "Last"):
            for i, stepper in steppers:
                if step == "Last":
                    stepper.get_by_role("button", name="Last", exact=True).click()
                for size in LARGE:
                    page.set_viewport_size({"width": size[0], "height": size[1]})
                    found[name, i, size, step] = stepper.evaluate(BOXES)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        for i, stepper in steppers:
            found[name, i, PHONE, "Last"] = stepper.evaluate(BOXES)
            for part in (".lr-graph", ".lr-tensor-part"):
                phone[name, i, part] = stepper.evaluate(CONTROLS_AT, part)
    page.close()
    return found, phone


def failing(measured, sizes, wrong):
    found, _ = measured
    assert found, "no page has a stepper"
    return [key for key, boxes in found.items() if key[2] in sizes and wrong(boxes, *key[2])]


def test_controls_code_and_graph_stand_in_one_window(measured):
    def sticks_out(boxes, width, height):
        parts = [boxes["controls"], *boxes["codes"], *boxes["graphs"]]
        return any(
            part["bottom"] > height or part["top"] < boxes["header"] or part["right"] > width
            for part in parts
        )

    assert failing(measured, LARGE, sticks_out) == []


def test_the_graph_stands_right_of_its_code(measured):
    def elsewhere(boxes, width, height):
        pairs = list(zip(boxes["codes"], boxes["graphs"], strict=True))
        beside = all(g["left"] >= c["right"] and g["top"] < c["bottom"] for c, g in pairs)
        stacked = all(
            a["bottom"] <= b["top"]
            for a, b in zip(boxes["codes"], boxes["codes"][1:], strict=False)
        )
        return not (pairs and beside and stacked)

    assert failing(measured, LARGE, elsewhere) == []


def test_the_current_line_is_in_sight(measured):
    def hidden(boxes, width, height):
        return any(
            not any(c["top"] <= b["top"] + 1 and b["top"] < c["bottom"] for c in boxes["codes"])
            for b in boxes["current"]
        )

    assert failing(measured, LARGE, hidden) == []


def test_no_line_of_code_is_cut(measured):
    assert failing(measured, [*LARGE, PHONE], lambda boxes, width, height: boxes["cut"]) == []


def test_no_text_of_a_graph_is_below_ten_pixels(measured):
    assert failing(measured, [*LARGE, PHONE], lambda boxes, width, height: boxes["small"]) == []


def test_no_page_is_wider_than_the_window(measured):
    assert (
        failing(measured, [*LARGE, PHONE], lambda boxes, width, height: boxes["page"] > width) == []
    )


def test_on_a_phone_controls_and_line_stay_while_graph_or_tensors_are_looked_at(measured):
    _, phone = measured
    height = PHONE[1]
    gone = [
        key
        for key, at in phone.items()
        if not (at["inside"] and at["top"] >= 0 and at["bottom"] <= height and at["line"] > 0)
    ]
    assert gone == []
