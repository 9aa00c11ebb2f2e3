"""A real JupyterLab for the widgets' tests."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]


def ask(url, method="GET"):
    """Send a request to Jupyter's server; give the answer's JSON."""
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


def one_cell(source):
    """Give a notebook with one code cell, as data."""
    cell = {
        "cell_type": "code",
        "id": "widget",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory):
    """A JupyterLab: its address and the folder that it serves."""
    folder = tmp_path_factory.mktemp("jupyter")
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
        yield url, folder
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def run_notebook(jupyter, browser):
    """`run_notebook(source)` opens a notebook with that one cell, runs it and gives the page."""
    url, folder = jupyter
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    sessions = f"{url}/api/sessions"

    def run(source):
        (folder / "one.ipynb").write_text(json.dumps(one_cell(source)))
        page.goto(f"{url}/lab/tree/one.ipynb?reset")
        eventually(lambda: [s for s in ask(sessions) if s["kernel"]["execution_state"] == "idle"])
        expect(page.locator(".jp-StatusBar-Widget")).to_contain_text("Idle", timeout=60_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        return page

    yield run
    page.close()
    for session in ask(sessions):
        ask(f"{sessions}/{session['id']}", "DELETE")
