"""What the tests share: seeds and devices, the built site, a server for it, and a browser."""

import os
import subprocess
import sys
import sysconfig
import venv
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import torch
from browsers import CURE, find_browser
from building import ROOT, UNCOVER, build_book, serving
from hypothesis import settings

# A machine shared with others may stall: an example that takes long is no failure.
settings.register_profile("book", deadline=None, max_examples=50)
settings.load_profile("book")


# What takes minutes begins first, so that the workers end together; files that install the same
# things, or start the same server, go to one worker, which does it once.
FIRST = (
    "book/test_notebooks.py",
    "test_wheel.py",
    "book/test_builds_agree.py",
    "book/test_gates.py",
)
TOGETHER = {
    "book/test_notebooks.py": "wheel",
    "test_wheel.py": "wheel",
    "test_package.py": "wheel",
    "browser/test_jupyterlab_autograd_stepper.py": "jupyterlab",
    "browser/test_jupyterlab_training_lab.py": "jupyterlab",
}


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items):
    """Let each file be run by one worker of pytest-xdist, the long ones first."""
    here = Path(__file__).parent
    names = {item: item.path.relative_to(here).as_posix() for item in items}
    rank = {name: i for i, name in enumerate(FIRST)}
    items.sort(key=lambda item: rank.get(names[item], len(FIRST)))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(TOGETHER.get(names[item], names[item])))


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """The tensors of this book are small: threads would only wait for each other."""
    torch.set_num_threads(1)


@pytest.fixture(params=["cpu", *(["cuda"] if torch.cuda.is_available() else [])])
def device(request):
    """Every device that this machine has."""
    return torch.device(request.param)


@pytest.fixture(params=[torch.float32, torch.float64], ids=["float32", "float64"])
def dtype(request):
    return request.param


@pytest.fixture
def seeded():
    """Return a function that makes generators: seeded(3) is always the same one."""
    return lambda seed, device="cpu": torch.Generator(device).manual_seed(seed)


@pytest.fixture(scope="session")
def site():
    """The folder of the built book: the one that LINREG_SITE names, else it is built now."""
    if given := os.environ.get("LINREG_SITE"):
        folder = (ROOT / given).resolve()
        assert (folder / "index.html").is_file(), f"LINREG_SITE={given} holds no built book"
        return folder
    done = build_book(ROOT, "-W", "-n", "--keep-going")
    if done.returncode:
        problems = [n for n in done.stdout.splitlines() if "WARNING" in n or "ERROR" in n]
        pytest.fail("the book does not build:\n" + "\n".join(problems or [done.stdout]))
    return ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def distributions(tmp_path_factory):
    """The wheel, built from the sdist, and the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="session")
def clean_python(distributions, tmp_path_factory):
    """A Python that has linreg_lib from the wheel and the other packages from here, by a path."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    install = ["install", "--quiet", "--no-deps", "--no-index", distributions[0]]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, *install], check=True)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    (own / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return str(python)


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def site_url(site):
    """The address of the built book on a local port, without a slash at its end."""
    with serving(site, QuietHandler) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium or Chrome, without a window."""
    from playwright.sync_api import sync_playwright

    found = find_browser()
    if found is None:
        pytest.fail(CURE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def watch():
    """`watch(page)`: the test fails on its console errors and warnings and on foreign requests."""
    complaints = []

    def start(page):
        def console(message):
            if message.type in ("error", "warning"):
                where = message.location.get("url", "")
                complaints.append(f"{message.type} on the console: {message.text} ({where})")

        def request(request):
            parts = urlsplit(request.url)
            if parts.scheme in ("http", "https") and parts.hostname != "127.0.0.1":
                complaints.append(f"asked {request.url}")

        page.on("console", console)
        page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        page.on("request", request)
        return page

    yield start
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(browser, watch):
    """A watched page of 1280 by 900; open `f"{site_url}/book/..."` or a file:// address in it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(10_000)
    yield watch(page)
    page.close()


@pytest.fixture
def uncovered(page):
    """The page with every prediction skipped, so that no figure waits for one."""
    page.add_init_script(UNCOVER)
    return page
