"""The autograd stepper in a real JupyterLab: edit, run, errors, and a loop without end."""

import pytest
from playwright.sync_api import expect

SOURCE = """\
from linreg_lib.widgets import AutogradStepper
AutogradStepper(
    "import torch\\nw = torch.ones(2, requires_grad=True)\\nloss = (w * w).sum()",
    max_seconds=2,
)"""


@pytest.fixture
def stepper(run_notebook):
    page = run_notebook(SOURCE)
    stepper = page.locator(".lr-stepper")
    expect(stepper.locator(".lr-engine")).to_contain_text("in your kernel", timeout=60_000)
    return stepper


def run(stepper, code, by_key=False, fails=False):
    field = stepper.get_by_label("Program", exact=True)
    if not field.is_visible():  # after an error it is still open
        stepper.get_by_role("button", name="Edit", exact=True).click()
    field.fill(code)
    if by_key:
        field.press("Control+Enter")
    else:
        stepper.get_by_role("button", name="Run", exact=True).click()
    if fails:
        expect(field).to_have_attribute("aria-invalid", "true", timeout=20_000)
        stepper.get_by_role("button", name="Close", exact=True).click()
    expect(field).to_be_hidden(timeout=20_000)
    stepper.get_by_role("button", name="Last", exact=True).click()


def test_edit_run_error_and_endless_loop(stepper):
    # Edited code is recorded by the kernel.
    run(
        stepper,
        "import torch\nw = torch.full((3,), 7.0, requires_grad=True)\nprint(w.sum().item())",
    )
    expect(stepper.locator(".lr-cell-value code")).to_have_text("[7., 7., 7.]")
    expect(stepper.locator(".lr-printed")).to_have_text("21.0")

    # An error stands at its line; text that looks like markup stays text.
    text = "<img src=x onerror='window.hacked = 1'></script>"
    run(
        stepper,
        f'import torch\ntext = "{text}"\nraise ValueError(text)\nprint(1)',
        by_key=True,
        fails=True,
    )
    error = stepper.locator(".lr-lines li").nth(2).locator(".lr-error")
    expect(error).to_have_text(f"ValueError: {text}")
    assert stepper.locator("img").count() == 0
    assert stepper.page.evaluate("window.hacked") is None

    run(stepper, "x = (", fails=True)
    expect(stepper.locator(".lr-lines li").first.locator(".lr-error")).to_contain_text(
        "SyntaxError"
    )

    # A loop without end meets the limit of steps; a long call that of time. The kernel lives.
    run(stepper, "i = 0\nwhile True:\n    i += 1")
    expect(stepper.locator(".lr-warning")).to_contain_text("500")
    run(stepper, "import time\ntime.sleep(600)")
    expect(stepper.locator(".lr-warning")).to_contain_text("second")
    run(stepper, "import torch\nx = torch.zeros(2)")
    expect(stepper.locator(".lr-cell-value code")).to_have_text("[0., 0.]")


def test_closing_keeps_the_recording(stepper):
    stepper.get_by_role("button", name="Edit", exact=True).click()
    stepper.get_by_label("Program", exact=True).fill("x = 1")
    stepper.get_by_role("button", name="Close", exact=True).click()
    expect(stepper.locator(".lr-lines code").first).to_have_text("import torch")
    expect(stepper.get_by_role("button", name="Edit", exact=True)).to_be_focused()


def test_a_kernel_restarted_while_the_figure_waits_is_noticed(run_notebook, jupyter):
    page = run_notebook(SOURCE.replace("max_seconds=2", "max_seconds=60"))
    stepper = page.locator(".lr-stepper")
    engine = stepper.locator(".lr-engine")
    expect(engine).to_contain_text("in your kernel", timeout=60_000)
    stepper.get_by_role("button", name="Edit", exact=True).click()
    stepper.get_by_label("Program", exact=True).fill("import time\ntime.sleep(50)")
    stepper.get_by_role("button", name="Run", exact=True).click()
    expect(stepper).to_contain_text("Running")
    kernels = f"{jupyter[0]}/api/kernels"
    number = page.request.get(kernels).json()[0]["id"]
    assert page.request.post(f"{kernels}/{number}/restart").ok
    # Two seconds of silence, and what a busy machine adds; it would have run for 50.
    expect(engine).to_have_attribute("data-status", "lost", timeout=6_000)
    expect(stepper).not_to_contain_text("Running", timeout=1_000)
