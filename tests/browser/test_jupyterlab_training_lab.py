"""The training lab in a real JupyterLab: PyTorch answers, and the view survives its kernel."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

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
