"""The training lab in a real JupyterLab: PyTorch answers, and the view survives its kernel."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]

NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "id": "lab",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": "from linreg_lib.widgets import TrainingLab\nlab = TrainingLab()\nlab",
        }
    ],
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


def ask(url, method="GET"):
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=20) as reply:
        return json.loads(reply.read() or "null")


def eventually(condition, seconds=60):
    """Wait until `condition()` is true (errors count as not yet)."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if found := condition():
                return found
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(condition)


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory):
    """The address of a JupyterLab that serves one notebook, lab.ipynb."""
    folder = tmp_path_factory.mktemp("jupyter")
    (folder / "lab.ipynb").write_text(json.dumps(NOTEBOOK))
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    options = {
        "ServerApp.port": port,
        "ServerApp.token": "",
        "ServerApp.root_dir": folder,
        "ServerApp.open_browser": False,
        "ServerApp.disable_check_xsrf": True,
        "LabApp.news_url": "None",
    }
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        **{f"JUPYTER_{k}_DIR": str(folder / k.lower()) for k in ("CONFIG", "RUNTIME")},
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--allow-root"]
        + [f"--{name}={value}" for name, value in options.items()],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: ask(f"{url}/api/status"))
        yield url
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def notebook(jupyter, browser):
    """The notebook, open and run: the page, with the lab live."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{jupyter}/lab/tree/lab.ipynb?reset")
    sessions = f"{jupyter}/api/sessions"
    eventually(lambda: [s for s in ask(sessions) if s["kernel"]["execution_state"] == "idle"])
    expect(page.locator(".jp-StatusBar-Widget")).to_contain_text("Idle", timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(page.locator(".lr-engine")).to_contain_text("Computed by PyTorch", timeout=60_000)
    yield page
    page.close()
    for session in ask(sessions):
        ask(f"{sessions}/{session['id']}", "DELETE")


def drag(page, to):
    """Drag the learning rate's thumb to a fraction of the track, over many places."""
    box = page.get_by_label("Learning rate").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.5 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + to * box["width"], y, steps=25)
    page.mouse.up()


def test_pytorch_answers_a_drag_and_a_dead_kernel_is_replaced(jupyter, notebook):
    page = notebook
    sentence = page.locator(".lr-lab-sentence")
    expect(sentence).to_contain_text("converged")
    drag(page, 1.0)
    expect(sentence).to_contain_text("diverged")
    expect(page.locator(".lr-engine")).to_have_attribute("data-status", "live")

    # The kernel's own record of the run agrees with the page: PyTorch made it.
    value = page.get_by_label("Learning rate").get_attribute("aria-valuetext")
    page.locator(".jp-InputPrompt").first.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type("import os; print('kernel', os.getpid(), lab.run.lr, lab.run.num_steps)")
    page.keyboard.press("Shift+Enter")
    printed = page.locator(".jp-OutputArea-output pre").filter(has_text="kernel").last
    expect(printed).to_have_text(re.compile(rf"kernel \d+ {float(value)} 300"))

    os.kill(int(printed.inner_text().split()[1]), signal.SIGKILL)
    page.get_by_label("Learning rate").focus()
    page.keyboard.press("Home")
    expect(page.locator(".lr-engine")).to_contain_text("does not answer", timeout=20_000)
    expect(sentence).to_contain_text("still falling")
    page.keyboard.press("End")
    expect(sentence).to_contain_text("diverged")
