"""From a pasted message to its page: the box, the search page, the page for lost addresses."""

import contextlib
import io
import re
import tomllib
import traceback
from collections import Counter
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from book_finder import from_the_root
from book_other_errors import PAGE, TABLE

from linreg_lib.pitfalls import FAMILIES, PITFALLS, run_program

# Other numbers and other names, as other readers have them.
OTHERS = [
    (r"\d+", lambda match: str(int(match[0]) + 37)),
    (r"'float'", "'int'"),
    (r"torch\.FloatTensor", "torch.cuda.DoubleTensor"),
    (r"'weight'", "'bias'"),
    (r"(?<=got )\w+ and \w+", "Half and Float"),
]
LIST = "#linreg-answers li > a"

FROM_COLAB = """\
---------------------------------------------------------------------------
\x1b[0;31mRuntimeError\x1b[0m                              Traceback (most recent call last)
\x1b[0;32m<ipython-input-9-2f1d4c1f7f0a>\x1b[0m in \x1b[0;36m<cell line: 4>\x1b[0;34m()\x1b[0m
\x1b[1;32m      6\x1b[0m     \x1b[0mtotal\x1b[0m \x1b[0;34m=\x1b[0m \x1b[0mcriterion\x1b[0m
\x1b[0;32m----> 7\x1b[0;31m     \x1b[0mtotal\x1b[0m\x1b[0;34m.\x1b[0m\x1b[0mbackward\x1b[0m
\x1b[0;32m/usr/local/lib/python3.10/dist-packages/torch/_tensor.py in \x1b[0;36mbackward\x1b[0m

\x1b[0;31mRuntimeError\x1b[0m: grad can be implicitly created only for scalar outputs
"""
FROM_WINDOWS = (
    "Traceback (most recent call last):\r\n"
    '  File "C:\\Users\\Ada\\train.py", line 31, in <module>\r\n'
    "    loss.backward()\r\n"
    '  File "C:\\Python312\\Lib\\site-packages\\torch\\_tensor.py", line 521, in backward\r\n'
    '    raise ValueError("got an unexpected list: 1")\r\n'
    "RuntimeError: one of the variables needed for gradient computation has been modified by an\r\n"
    "inplace operation: [torch.cuda.FloatTensor [128, 10]], which is output 0 of ReluBackward0,\r\n"
    "is at version 3; expected version 1 instead.\r\n"
)
FROM_PYTEST = (
    "E       RuntimeError: a leaf Variable that requires grad is being\n"
    "E       used in an in-place operation.\n\ntests/test_x.py:9: RuntimeError"
)
IN_ONE_LINE = (
    'Traceback (most recent call last):   File "a.py", line 3, in <module>     loss.backward() '
    "AttributeError: 'float' object has no attribute 'backward'"
)
CHAINED = (
    "ValueError: optimizer got an empty parameter list\n\nDuring handling of the above exception, "
    "another exception occurred:\n\nTraceback (most recent call last):\n  File a.py\n"
    "RuntimeError: Can’t call numpy() on Tensor that requires grad. Use tensor.detach().numpy()"
)
PASTED = {
    FROM_COLAB: "non-scalar-backward",
    FROM_WINDOWS: "saved-tensor-modified",
    FROM_PYTEST: "leaf-in-place",
    IN_ONE_LINE: "item-then-backward",
    CHAINED: "numpy-requires-grad",
    "[rank1]: RuntimeError: element 4 of tensors does not require grad": "requires-grad-missing",
    "<b>RuntimeError</b>: mat1 and mat2 shapes cannot be multi": "shape-mismatch",
    "s needed for gradient computation has been modified by an inpl": "saved-tensor-modified",
    "why is my loss nan": "lr-too-large",
    "g = w.grad.abs()\nAttributeError: 'NoneType' object has no attribute 'abs'": "none-gradient",
    "\u201eNoneType\u201c object has no attribute \u201ezero_\u201c": "none-gradient",
}
UNKNOWN = [
    "ModuleNotFoundError: No module named 'torch'",
    "IndexError: list index out of range",
    "KeyError: 'loss'",
    "TypeError: 'float' object is not callable",
    "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
    "TypeError: unsupported operand type(s) for +: 'NoneType' and 'str'",
    "AttributeError: 'Tensor' object has no attribute 'foo'",
    "AttributeError: 'NoneType' object has no attribute 'shape'",
    "how do I bake bread?",
    "hello",
]


@pytest.fixture
def search(page, site):
    """Give what the search page shows on top for a query: the names of pages, in order."""
    page.goto((site / "search.html").as_uri() + "?q=backward")

    def ask(query):
        page.evaluate("query => linregAnswer(query)", query)
        return [Path(a.get_attribute("href")).stem for a in page.locator(LIST).all()]

    return ask


@pytest.fixture
def box(page, site):
    """Give the box of the index, opened from disk: fill it and get the names of pages, in order."""
    page.goto((site / "book" / "pitfalls" / "index.html").as_uri())
    place = page.locator(".linreg-finder")
    field = place.get_by_label("Paste the message")

    def ask(text):
        place.get_by_role("button", name="Clear").click()
        field.fill(text)
        place.get_by_role("region").locator("p").first.wait_for()
        return [Path(a.get_attribute("href")).stem for a in place.locator("li > a").all()]

    return ask


def test_every_message_is_among_the_first_three_answers_of_the_search(search):
    for pitfall in PITFALLS.values():
        for message in pitfall.messages:
            family = {p.name for p in PITFALLS.values() if message in p.messages}
            for shared in FAMILIES:
                if shared.says and message.text.startswith(shared.says):
                    family.update(shared.members)
            other = message.text
            for pattern, new in OTHERS:
                other = re.sub(pattern, new, other)
            typed = f"{message.type}: {message.text}"
            for query in {typed, message.text, other, message.text[:-5], f"{typed} Traceback: x"}:
                assert family.intersection(search(query)[:3]), query


def test_the_search_page_itself_answers_its_query_and_keeps_its_own_results(page, site):
    address = (site / "search.html").as_uri()
    page.goto(f"{address}?q=a+leaf+Variable+that+requires+grad+is+being+used")
    assert "leaf-in-place" in page.locator(LIST).first.get_attribute("href")
    page.goto(f"{address}?q=generator")
    page.locator("#search-results li").first.wait_for()
    assert page.locator("#linreg-answers").is_hidden()


def test_what_people_paste_is_found_and_what_is_unknown_is_said(page, box):
    for text, name in PASTED.items():
        assert name in box(text)[:8], text
    for text in UNKNOWN:
        assert box(text) == [], text
        assert page.get_by_text("This book knows no such message").is_visible()


def test_the_messages_of_the_other_errors_lead_to_their_entries(page, box):
    box("hello")
    ask = "text => linregPages.pages[(linregFind(text, linregPages)[0] || {page: -1}).page]?.at"
    for group in tomllib.loads(TABLE.read_text(encoding="utf-8")).values():
        for kind, entry in group.items():
            for row in entry["messages"] if entry.get("found", True) else ():
                text = re.sub(r"\d+", lambda match: str(int(match[0]) + 37), row["text"])
                if "2d_index" in row["text"] or kind == "holder":
                    continue  # a name of PyTorch's own; the same words as a module without forward
                found = page.evaluate(ask, f"{row['type']}: {text}")
                assert found == f"{PAGE}.html#{kind}", text


def test_the_message_that_ended_the_program_comes_first(box):
    assert box(CHAINED)[0] == "numpy-requires-grad"
    warned = "UserWarning: The .grad attribute of a Tensor that is not a leaf\n  warn()\n"
    assert box(f"{warned}{IN_ONE_LINE}")[0] == "item-then-backward"


def test_the_source_lines_of_a_traceback_tell_pages_with_one_message_apart(box):
    for name, text in notebook_tracebacks().items():
        assert box(text)[0] == name, text


def notebook_tracebacks() -> dict[str, str]:
    """Return what a notebook prints for the wrong programs that share a message with others."""
    shared = Counter(message.text for p in PITFALLS.values() for message in p.messages)
    found = {"cell-run-twice": "----> 1 loss.backward()\n"}
    for name, pitfall in PITFALLS.items():
        if pitfall.silent or shared[pitfall.message] < 2 or name in found:
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            error = run_program(pitfall.wrong, name).error
        own = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == f"<{name}>"]
        at = own[-1].lineno
        lines = list(enumerate(pitfall.wrong.splitlines(), 1))[max(0, at - 6) : at + 2]
        shown = [f"{'---->' if n == at else '     '} {n} {line}" for n, line in lines]
        found[name] = "\n".join([*shown, "", f"{type(error).__name__}: {error}"])
    message = PITFALLS["cell-run-twice"].messages[0]
    found["cell-run-twice"] += f"\n{message.type}: {message.text}"
    return found


def test_a_page_that_is_found_opens_and_several_are_told_apart(page, box):
    names = box("element 0 of tensors does not require grad and does not have a grad_fn")
    assert len(names) >= 4
    items = page.locator(".linreg-finder li")
    apart = [item.locator("p").last.inner_text() for item in items.all()]
    assert len(set(apart)) == len(names)
    items.first.locator("a").click()
    assert names[0] in page.url


def test_the_box_works_from_the_keyboard_and_tells_what_it_found(page, box):
    page.get_by_label("Paste the message").focus()
    page.keyboard.type("optimizer got an empty parameter list")
    results = page.get_by_role("region", name="Pages that fit")
    results.locator("li").first.wait_for()
    assert results.get_attribute("aria-live") == "polite"
    page.keyboard.press("Tab")  # to the button, then into the answers
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('li') !== null")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.get_by_label("Paste the message").input_value() == ""
    assert results.locator("li").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows_a_phone(page, box, theme):
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    assert box("Trying to backward through the graph a second time")
    found = Axe().run(page, context=".linreg-finder", options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_for_lost_addresses_works_at_any_depth(browser, site):
    text = from_the_root((site / "404.html").read_text(encoding="utf-8"), "/linreg/")
    missing = []

    def serve(route):
        path = route.request.url.split("?")[0].removeprefix("https://ada.example.org/linreg/")
        file = site / path
        if file.is_file():
            route.fulfill(path=file)
        elif route.request.resource_type == "document":
            route.fulfill(status=404, body=text, content_type="text/html")
        else:
            missing.append(path)
            route.abort()

    page = browser.new_page()
    page.route("**/*", serve)
    page.goto("https://ada.example.org/linreg/book/old/deep/page.html")
    page.get_by_label("Paste the message").fill("optimizer got an empty parameter list")
    page.locator(".linreg-finder li > a").click()
    assert page.url == "https://ada.example.org/linreg/book/pitfalls/layer-in-plain-list.html"
    page.goto("https://ada.example.org/linreg/nowhere")
    page.get_by_role("link", name="the first page").click()
    assert page.url == "https://ada.example.org/linreg/book/index.html"
    assert missing == []
    page.close()
