"""The training lab in a real JupyterLab: PyTorch answers, and the view survives its kernel."""

import json
import os
import re
import signal

import pytest
from playwright.sync_api import expect

from .conftest import ask, eventually

SOURCE = "from linreg_lib.widgets import TrainingLab\nlab = TrainingLab()\nlab"


@pytest.fixture
def notebook(run_notebook):
    """The notebook, open and run: the page, with the lab live."""
    page = run_notebook(SOURCE)
    expect(page.locator(".lr-engine")).to_contain_text("Computed by PyTorch", timeout=60_000)
    return page


def drag(page, to):
    """Drag the learning rate's thumb to a fraction of the track, over many places."""
    box = page.get_by_label("Learning rate").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.5 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + to * box["width"], y, steps=25)
    page.mouse.up()


def test_pytorch_answers_a_drag_and_a_dead_kernel_is_replaced(notebook):
    page = notebook
    sentence = page.locator(".lr-lab-sentence")
    expect(sentence).to_contain_text("converged")
    drag(page, 1.0)
    engine = page.locator(".lr-engine")
    expect(engine).to_have_attribute("aria-busy", "false")
    expect(sentence).to_contain_text("diverged")
    expect(engine).to_have_attribute("data-status", "live")

    # What the reader has set arrived in Python, and Python's turn changes one control alone.
    expect(page.locator(".lr-lab")).not_to_have_attribute("data-moving", "")

    # The kernel's own record of the run agrees with the page: PyTorch made it.
    value = page.get_by_label("Learning rate").get_attribute("aria-valuetext")
    page.locator(".jp-InputPrompt").first.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type("import os; print('kernel', os.getpid(), lab.run.lr, lab.lr); lab.seed = 7")
    page.keyboard.press("Shift+Enter")
    printed = page.locator(".jp-OutputArea-output pre").filter(has_text="kernel").last
    expect(printed).to_have_text(re.compile(rf"kernel \d+ {float(value)} {float(value)}"))
    expect(page.get_by_label("Seed")).to_have_value("7")
    assert page.get_by_label("Learning rate").get_attribute("aria-valuetext") == value

    os.kill(int(printed.inner_text().split()[1]), signal.SIGKILL)
    # JupyterLab says in a dialog that it starts a new kernel, which does not know the widget.
    page.locator(".jp-Dialog").get_by_role("button").last.click(timeout=30_000)
    page.get_by_label("Learning rate").press("Home")
    expect(engine).to_contain_text("does not answer", timeout=20_000)
    expect(sentence).to_contain_text("still falling")
    page.get_by_label("Learning rate").press("End")
    expect(sentence).to_contain_text("diverged")


def test_a_reopened_notebook_shows_the_still(jupyter, notebook):
    url, folder = jupyter
    page, still = notebook, notebook.locator(".linreg-still")
    expect(still).to_have_count(1)
    expect(still).to_be_hidden()
    page.keyboard.press("Control+s")
    eventually(lambda: "linreg-still" in (folder / "one.ipynb").read_text())
    saved = json.loads((folder / "one.ipynb").read_text())
    assert len(json.dumps(saved)) < 40_000
    # Jupyter trusts what it has written itself; what comes from elsewhere it cleans.
    saved["cells"][0]["metadata"]["from"] = "elsewhere"
    (folder / "sent.ipynb").write_text(json.dumps(saved))
    for session in ask(f"{url}/api/sessions"):
        ask(f"{url}/api/sessions/{session['id']}", "DELETE")
    for name in ("one", "sent"):
        page.goto(f"{url}/lab/tree/{name}.ipynb?reset")
        picture = page.locator(".linreg-still img")
        expect(picture).to_be_visible(timeout=30_000)
        assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 300
        expect(page.locator(".linreg-still")).to_contain_text("run the cell")
    page.goto(f"{url}/lab/tree/one.ipynb?reset")
    expect(page.get_by_text("model not found")).to_have_css("font-size", "0px", timeout=30_000)
